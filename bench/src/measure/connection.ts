import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export type Answer = { status: number; body: Buffer }

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/**
 * One keep-alive HTTP/1.1 connection of the load generator, one request at a time.
 *
 * Takes requests as bytes made before the measuring (see `request`), and answers that state their length, as all
 * answers here do: so a request costs 12 µs of the generator, which shares its two cores with what it measures. (On
 * the same machine undici costs 27 µs a request and autocannon 45 µs: README.)
 */
export class Connection {
  readonly #socket: Socket
  #received: Buffer | undefined
  #waiting: PromiseWithResolvers<Answer> | undefined
  #lost: Error | undefined

  constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true)
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', (error) => this.#lose(error))
    socket.on('close', () => this.#lose(new Error('The service closed the connection.')))
  }

  /** @throws when the connection is lost before the answer is whole */
  ask(request: Buffer): Promise<Answer> {
    if (this.#lost) return Promise.reject(this.#lost)
    this.#waiting = Promise.withResolvers()
    this.#socket.write(request)
    return this.#waiting.promise
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received ? Buffer.concat([this.#received, chunk]) : chunk
    const received = this.#received
    const head = received.indexOf(END_OF_HEAD)
    if (head === -1) return
    const lines = received.toString('latin1', 0, head)
    const length = /\r\ncontent-length: *(\d+)/i.exec(lines)?.[1]
    if (length === undefined) {
      this.#lose(new Error(`An answer without a length:\n${lines}`))
      return
    }
    const begin = head + END_OF_HEAD.length
    if (received.length < begin + Number(length)) return
    this.#received = undefined
    this.#waiting?.resolve({ status: Number(lines.slice(9, 12)), body: received.subarray(begin) })
  }

  #lose(error: Error): void {
    this.#lost ??= error
    this.#waiting?.reject(this.#lost)
    this.#socket.destroy()
  }
}

/** Opens so many connections to a service on this machine. */
export async function openConnections(port: number, count: number): Promise<Connection[]> {
  return await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(port, '127.0.0.1')
      await once(socket, 'connect')
      return new Connection(socket)
    }),
  )
}

/** The bytes of a request: with a JSON body where one is given, by whoever holds the token. */
export function request(
  method: string,
  path: string,
  { body, token }: { body?: unknown; token?: string } = {},
): Buffer {
  const json = body === undefined ? '' : JSON.stringify(body)
  const head = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    ...(token === undefined ? [] : [`authorization: Bearer ${token}`]),
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(json)}`]),
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${json}`)
}
