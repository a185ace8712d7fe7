import { once } from 'node:events'
import { connect } from 'node:net'

export type WireAnswer = { status: number; type: string; body: string }

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
  const head = received.subarray(0, end).toString('latin1')
  const rest = received.subarray(end + 4)
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1])
  if (status < 200) return parse(rest)
  const type = /^content-type: ([^;\r]*)/im.exec(head)?.[1] ?? ''
  const isChunked = /^transfer-encoding: chunked/im.test(head)
  const body = rest.toString()
  return { status, type, body: isChunked ? body.replace(/(?:^|\r\n)[0-9a-f]+\r\n(?:\r\n$)?/g, '') : body }
}
