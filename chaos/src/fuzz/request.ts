/** A request that no service may accept, as the bytes that a client sends. */
export type MalformedRequest = {
  /** What is wrong with it, in a few words. */
  wrong: string
  method: string
  /** What stands in the request line. */
  target: string
  bytes: Buffer
  /** The statuses that are right. */
  expects: readonly number[]
}

type Head = { method: string; target: string; headers?: readonly string[]; body?: string | Buffer }

/** Well-framed HTTP/1.1: whatever is wrong with it lies within. Header lines go out as they are. */
export function framed({ method, target, headers = [], body }: Head): Buffer {
  const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const lines = [`${method} ${target} HTTP/1.1`, 'Host: clouds.example.org', ...headers, ...length, '', '']
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), Buffer.from(body ?? '')])
}

export const JSON_TYPE = 'Content-Type: application/json'

export const bearer = (token: string) => `Authorization: Bearer ${token}`

/** The target of what may be no whole request: nothing is sent after it. */
export const BYTES = '(bytes)'
