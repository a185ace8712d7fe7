import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type WireAnswer = { status: number; headers: Map<string, string>; body: string }

/** In milliseconds: the service gives up a slow client sooner. */
const TIMEOUT = 20_000

/** A client that sends bytes as they are, over one connection for as long as the service keeps it. */
export class Wire {
  readonly #port: number
  #socket: Socket | undefined

  constructor(port: number) {
    this.#port = port
  }

  /**
   * Sends one request and gives its answer; undefined when the connection was closed without any.
   *
   * @param last nothing is sent after these bytes: for those that may be no whole request
   * @throws when nothing comes back
   */
  async exchange(bytes: Buffer, method: string, last: boolean): Promise<WireAnswer | undefined> {
    const socket = await this.#open(last)
    const reading = readAnswer(socket, method)
    if (last) socket.end(bytes)
    else socket.write(bytes)
    const answer = await reading.catch((error) => {
      this.close()
      throw error
    })
    if (last || answer === undefined || answer.headers.get('connection') === 'close') this.close()
    return answer
  }

  close(): void {
    this.#socket?.destroy()
    this.#socket = undefined
  }

  async #open(fresh: boolean): Promise<Socket> {
    if (fresh) this.close()
    if (this.#socket && !this.#socket.destroyed) return this.#socket
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    socket.on('error', () => {})
    this.#socket = socket
    await once(socket, 'connect')
    return socket
  }
}

async function readAnswer(socket: Socket, method: string): Promise<WireAnswer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<WireAnswer | undefined>()
  const chunks: Buffer[] = []
  const look = (ended: boolean) => {
    const answer = parse(Buffer.concat(chunks), method, ended)
    if (answer !== undefined || ended) resolve(answer)
  }
  const onData = (chunk: Buffer) => {
    chunks.push(chunk)
    look(false)
  }
  const onClose = () => look(true)
  const timeout = setTimeout(() => reject(new Error('no answer within 20 s')), TIMEOUT)
  socket.on('data', onData).on('close', onClose)
  try {
    return await promise
  } finally {
    clearTimeout(timeout)
    socket.off('data', onData).off('close', onClose)
  }
}

/** The first answer of what has arrived, once it is whole. */
function parse(received: Buffer, method: string, ended: boolean): WireAnswer | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [statusLine = '', ...lines] = received.subarray(0, end).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1])
  const rest = received.subarray(end + 4)
  if (status < 200) return parse(rest, method, ended)
  const headers = new Map(lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^[^:]*: */, '')]))
  if (method === 'HEAD' || status === 204 || status === 304) return { status, headers, body: '' }
  const length = headers.get('content-length')
  if (length !== undefined) {
    if (rest.length < Number(length)) return undefined
    return { status, headers, body: rest.subarray(0, Number(length)).toString() }
  }
  if (headers.get('transfer-encoding') === 'chunked') {
    const last = rest.lastIndexOf('0\r\n\r\n')
    return last < 0
      ? undefined
      : { status, headers, body: rest.toString().replace(/(?:^|\r\n)[0-9a-f]+\r\n(?:\r\n$)?/g, '') }
  }
  return ended ? { status, headers, body: rest.toString() } : undefined
}
