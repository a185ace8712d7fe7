import fc from 'fast-check'
import { BYTES, JSON_TYPE, type MalformedRequest } from './request.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')

const POST = `POST /login HTTP/1.1\r\nHost: x\r\n${JSON_TYPE}\r\n`

/** What Node’s parser refuses, in one way or another: none of it may reach a route, or end a worker. */
const REFUSED = [
  'GET\r\n\r\n',
  'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
  'get / http/1.1\r\nHost: x\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
  '\u0016\u0003\u0001\u0002',
  'GET /nope HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
  `GET /nope HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(300)}\r\n`,
  `${POST}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
  `${POST}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  `${POST}Content-Length: 99999999999999999999\r\n\r\n{}`,
  `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  `${POST}Transfer-Encoding: gzip\r\n\r\n{}`,
]

/** Bytes that are no HTTP, or HTTP that contradicts itself. Nothing follows them. */
export const bytes: fc.Arbitrary<MalformedRequest> = fc
  .oneof(
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((noise) => Buffer.from(noise)),
    fc.constantFrom(...REFUSED).map(latin1),
    fc.tuple(fc.constantFrom(...REFUSED), fc.nat(200), fc.nat(255)).map(([text, at, byte]) => {
      const changed = latin1(text)
      changed[at % changed.length] = byte
      return changed
    }),
    fc
      .integer({ min: 1, max: POST.length + 20 })
      .map((length) => latin1(`${POST}Content-Length: 90\r\n\r\n{"email":"x`).subarray(0, length)),
    fc.integer({ min: 17_000, max: 40_000 }).map((size) => latin1(`${POST}X: ${'x'.repeat(size)}\r\n\r\n`)),
  )
  .map((sent) => ({
    wrong: 'the bytes',
    method: 'POST',
    target: BYTES,
    bytes: sent,
    expects: [400, 401, 404, 405, 408, 413, 414, 415, 417, 431],
  }))
