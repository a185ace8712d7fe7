import fc from 'fast-check'
import type { Targets } from './request.ts'
import { bearer, framed, type MalformedRequest } from './request.ts'

/** Request lines that lead nowhere: broken escapes, traversal, addresses of other hosts, other methods; and odd queries. */
export function urls({ administrator }: Targets): fc.Arbitrary<MalformedRequest> {
  const request = (method: string, target: string, expects: readonly number[], wrong = 'the URL') => {
    const bytes = framed({ method, target, headers: [bearer(administrator), 'Origin: http://localhost:8000'] })
    return { wrong, method, target, bytes, expects }
  }
  const listFrom = (cursor: string) => request('GET', `/jotc?cursor=${encodeURIComponent(cursor)}`, [400], 'the cursor')
  const nowhere = [400, 404, 414]
  return fc.oneof(
    fc.tuple(method, brokenEscape).map(([name, path]) => request(name, path, nowhere)),
    fc.tuple(method, strangePath).map(([name, path]) => request(name, path, nowhere)),
    fc.tuple(wrongMethod, fc.constantFrom('', '/')).map(([[name, path], slash]) => request(name, path + slash, [405])),
    fc
      .tuple(fc.constantFrom('/jotc', '/users', '/jotc/stats'), brokenQuery)
      .map(([path, query]) => request('GET', path + query, [400])),
    cursor.map(listFrom),
    fc.integer({ min: 1, max: 8_000 }).map((size) => request('GET', `/jotc/${'a'.repeat(size)}`, [400, 404, 414])),
  )
}

const method = fc.constantFrom('GET', 'POST', 'DELETE', 'PUT', 'PATCH')
const junk = fc.array(fc.constantFrom('~', '%20', '%2F', '%5C', '%C3%A9', "'", '"', '<', '|', '^', '.', 'a', '0'), {
  minLength: 1,
  maxLength: 20,
})

const brokenEscape = fc
  .tuple(
    fc.constantFrom('/', '/x', '/jotc/', '/users/', '/jotc~'),
    fc.constantFrom('%', '%g1', '%E0%', '%C3%28', '%ff', '%c0%af', '%ed%a0%80', '%f8%80%80%80', '%%', '%u0041'),
  )
  .map(([path, broken]) => path + broken)

const strangePath = fc.oneof(
  junk.map((parts) => `/~${parts.join('')}`),
  junk.map((parts) => `/jotc/x/${parts.join('')}/y`),
  fc.constantFrom('//', '///jotc', '/jotc//', '/./jotc', '/../jotc', '/jotc/../users', '/%2e%2e/users', '/.git/config'),
  fc.constantFrom('/JOTC', '/Login', '/jotc;a=1', '/users\\x', '/login.php', '/wp-admin', '/favicon.ico', '/.env'),
  fc.constantFrom('http://evil.example.net/x', 'https://evil.example.net:99/~', 'ftp://x/y', '/~#x'),
)

const wrongMethod = fc.constantFrom(
  ...['PUT', 'DELETE', 'PATCH'].map((name) => [name, '/jotc'] as const),
  ...['GET', 'PUT', 'DELETE', 'PROPFIND', 'SEARCH'].map((name) => [name, '/login'] as const),
  ...['GET', 'PUT', 'PURGE'].map((name) => [name, '/logout'] as const),
  ...['POST', 'TRACE', 'MKCOL', 'LOCK'].map((name) => [name, '/users'] as const),
)

const brokenQuery = fc.oneof(
  fc.constantFrom('?page=1&page=2', '?sort=asc&sort=desc', '?page[]=1', '?page=%00', '?email=%00', '?=', '?&=1'),
  fc.constantFrom('?page=1;page=2', '?token=x', '?page=-0', '?pageSize=1e2', '?sortBy=passwd', '?dateBegin=2026-02-30'),
  junk.map((parts) => `?~${parts.join('')}`),
  fc
    .integer({ min: 1, max: 200 })
    .map((count) => `?${Array.from({ length: count }, (_, n) => `x${n}=${n}`).join('&')}`),
)

/** Of parts that are any JSON, or of none; those that are nearly right: api/src/submissions/list/list.test.ts. */
const cursor = fc.oneof(
  fc
    .oneof(fc.jsonValue(), fc.array(fc.jsonValue(), { minLength: 4, maxLength: 6 }))
    .map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url')),
  fc.string({ unit: 'binary', minLength: 1 }).map((text) => text.toWellFormed()),
  fc.integer({ min: 1_001, max: 4_000 }).map((size) => 'A'.repeat(size)),
)
