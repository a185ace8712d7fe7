import fc from 'fast-check'
import { BYTES, JSON_TYPE, type MalformedRequest } from './request.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')

/** Bytes that are no HTTP, or HTTP that contradicts itself. Nothing follows them. */
export const bytes: fc.Arbitrary<MalformedRequest> = fc
  .oneof(
    fc.uint8Array({ minLength: 1, maxLength: 200 }).map((noise) => Buffer.from(noise)),
    fc
      .tuple(fc.constantFrom(...startLines()), fc.constantFrom(...headerBlocks()))
      .map(([line, rest]) => latin1(line + rest)),
    fc.tuple(fc.constantFrom(...headerBlocks()), fc.nat(200), fc.nat(255)).map(([rest, at, byte]) => {
      const whole = latin1(`POST /login HTTP/1.1\r\n${rest}`)
      whole[at % whole.length] = byte
      return whole
    }),
    fc
      .nat(120)
      .map((length) =>
        latin1('POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n{"email":"x').subarray(0, length),
      ),
    fc.constantFrom(...contradictions()).map(latin1),
    fc
      .integer({ min: 17_000, max: 40_000 })
      .map((size) => latin1(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(size)}\r\n\r\n`)),
  )
  .filter((sent) => sent.length > 0)
  .map((sent) => ({
    wrong: 'the bytes',
    method: 'POST',
    target: BYTES,
    bytes: sent,
    expects: [400, 401, 404, 405, 408, 413, 414, 415, 417, 431],
  }))

function startLines(): string[] {
  return [
    'GET',
    'GET /',
    'GET / HTTP/9.9',
    'GET / HTTP/1.1 x',
    'get / http/1.1',
    ' GET / HTTP/1.1',
    'G\u0000T / HTTP/1.1',
    'GET /\u0000 HTTP/1.1',
    'GET / x HTTP/1.1',
    'FOO / HTTP/1.1',
    'PRI * HTTP/2.0',
    'GET\t/\tHTTP/1.1',
    'POST * HTTP/1.1',
    'POST /login HTTP/1.1',
    'POST /é HTTP/1.1',
    'CONNECT x:1 HTTP/1.1',
    '\u0016\u0003\u0001\u0002',
  ].map((line) => `${line}\r\n`)
}

function headerBlocks(): string[] {
  return [
    '\r\n',
    'Host: x\r\nHost: y\r\n\r\n',
    'Host: x\r\n: y\r\n\r\n',
    'Host: x\r\nA B: c\r\n\r\n',
    'Host: x\r\nA\u0000: c\r\n\r\n',
    'Host: x\r\nA: \u0001\r\n\r\n',
    'Host: x\r\nA: b\r\n c\r\n\r\n',
    'Host: x\n\n',
    'Host: x\r\nno colon\r\n\r\n',
    'Host x\r\n\r\n',
    'Host: x\r\nExpect: the unexpected\r\n\r\n',
    'Host: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
    ...[0, 150, 300].map((count) => `Host: x\r\n${'A: b\r\n'.repeat(count)}\r\n`),
  ]
}

function contradictions(): string[] {
  const post = `POST /login HTTP/1.1\r\nHost: x\r\n${JSON_TYPE}\r\n`
  return [
    'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    'Content-Length: -1\r\n\r\n',
    'Content-Length: 1e3\r\n\r\n{}',
    'Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n',
    'Transfer-Encoding: gzip\r\n\r\n{}',
    'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
    'Content-Length: +2\r\n\r\n{}',
    'Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n',
    'Content-Length: 99999999999999999999\r\n\r\n{}',
    'Transfer-Encoding: chunked\r\n\r\n2;x="\r\n{}\r\n0\r\n\r\n',
    'Content-Length: 2 2\r\n\r\n{}',
    'Content-Length:\r\n\r\n{}',
  ].map((rest) => post + rest)
}
