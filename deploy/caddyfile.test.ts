import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { languageFor } from '../app/server/language.ts'
import { LANGUAGE_CASES } from '../app/server/language-cases.ts'
import { PATHS } from '../app/src/ui/page/paths.ts'

// deploy/stack asks a running Caddy for all of it; these are for where no engine answers.
const caddyfile = readFileSync(new URL('../app/Caddyfile', import.meta.url), 'utf8')

test('the Caddyfile has the address of every page, with a slash at its end and without', () => {
  const known = /^\t@page path (.+)$/m.exec(caddyfile)?.[1]?.split(' ') ?? []
  const pages = Object.values(PATHS).flatMap((path) => (path === '/' ? [path] : [path, `${path}/`]))
  assert.deepEqual(known.toSorted(), pages.toSorted())
})

test('the maps of the Caddyfile find the language that `npm start` finds', () => {
  for (const [language, accepted = '', cookie = ''] of LANGUAGE_CASES) {
    const chosen = /language=(\w+)/.exec(cookie)?.[1] ?? ''
    assert.equal(mapped('language', mapped('liked', `${chosen};${accepted}`)), language, accepted)
  }
})

test('for every pair of qualities they agree, whatever stands first', () => {
  const qualities = ['', ';q=1', ';q=1.000', ';q=0', ';q=0.0', ';q=0.01', ';q=0.5', ';q=0.55', ';q=0.9', ';q=0.999']
  for (const first of qualities) {
    for (const second of qualities) {
      for (const accepted of [`de${first},en${second}`, `en-GB${first}, fr;q=0.7, de-AT${second}`]) {
        const found = mapped('language', mapped('liked', `;${accepted}`))
        assert.equal(found, languageFor({ 'accept-language': accepted }), accepted)
      }
    }
  }
})

/** What the map of this name in the Caddyfile makes of a text. Its expressions are Go's, of which ours are JavaScript's too. */
function mapped(name: string, text: string): string {
  const body =
    new RegExp(`^\\tmap .* \\{${name}\\} \\{\n([^}]*(?:\\}[^\n}][^}]*)*)^\\t\\}`, 'm').exec(caddyfile)?.[1] ?? ''
  for (const line of body.trim().split('\n')) {
    const [pattern = '', output = ''] = line.trim().split(/ (?=\S+$)/)
    if (pattern === 'default') return output
    const found = new RegExp(pattern.replace(/^~(?:\(\?i\))?/, ''), pattern.startsWith('~(?i)') ? 'i' : '').exec(text)
    if (found) return output.replaceAll('"', '').replace(/\$\{1\}/, found[1] ?? '')
  }
  throw new Error(`The map ${name} is not there, or has no default.`)
}
