import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { PATHS } from '../app/src/frame/paths.ts'

// deploy/stack asks a running Caddy for all of it; this one is for where no engine answers.
test('the Caddyfile has the address of every page, with a slash at its end and without', () => {
  const caddyfile = readFileSync(new URL('../app/Caddyfile', import.meta.url), 'utf8')
  const known = /^\t@page path (.+)$/m.exec(caddyfile)?.[1]?.split(' ') ?? []
  const pages = Object.values(PATHS).flatMap((path) => (path === '/' ? [path] : [path, `${path}/`]))
  assert.deepEqual(known.toSorted(), pages.toSorted())
})
