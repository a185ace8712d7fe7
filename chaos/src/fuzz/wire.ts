import { once } from 'node:events'
import { connect } from 'node:net'

export type WireAnswer = { status: number; headers: Map<string, string>; body: string }

/** The service gives up a slow client sooner. */
const TIMEOUT_MS = 60_000

/**
 * Sends bytes as they are, on a connection of their own, which the service ends.
 *
 * @param last nothing follows: for bytes that may be no whole request
 * @returns undefined when the connection ended without an answer
 * @throws when it does not end
 */
export async function exchange(url: string, bytes: Buffer, last: boolean): Promise<WireAnswer | undefined> {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', noDelay: true })
  const chunks: Buffer[] = []
  socket.on('error', () => {}).on('data', (chunk: Buffer) => chunks.push(chunk))
  if (last) socket.end(bytes)
  else socket.write(bytes)
  try {
    await once(socket, 'close', { signal: AbortSignal.timeout(TIMEOUT_MS) })
  } finally {
    socket.destroy()
  }
  return parse(Buffer.concat(chunks))
}

/** @returns undefined where no whole head has come */
function parse(received: Buffer): WireAnswer | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [statusLine = '', ...lines] = received.subarray(0, end).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1])
  const rest = received.subarray(end + 4)
  if (status < 200) return parse(rest)
  const headers = new Map(lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^[^:]*: */, '')]))
  const isChunked = headers.get('transfer-encoding') === 'chunked'
  const body = rest.toString()
  return { status, headers, body: isChunked ? body.replace(/(?:^|\r\n)[0-9a-f]+\r\n(?:\r\n$)?/g, '') : body }
}
