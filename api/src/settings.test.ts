import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { type Config, defaultsOf, SECRETS, Settings } from './settings.ts'

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const NAMES = Object.keys(Settings.properties) as (keyof Config)[]

/** A row of the README's table: the name, whether it is a secret, and the two defaults where they are plain values. */
const ROW =
  /^\| `(?<name>[A-Z_]+)`(?<secret> \(secret\))? +\| (`(?<plain>[^`]+)`)?[^|]*?(\((`(?<production>[^`]+)`|(?<none>none))\))? +\|/gm

const section = README.split(/^## /m).find((part) => part.startsWith('Settings\n')) ?? ''
const documented = [...section.matchAll(ROW)].map(({ groups }) => groups ?? {})

test('the README has a row for each setting, and marks the secrets', () => {
  assert.deepEqual(documented.map(({ name }) => name).sort(), NAMES.toSorted())
  const secrets = documented.filter(({ secret }) => secret !== undefined)
  assert.deepEqual(secrets.map(({ name }) => name).sort(), SECRETS.toSorted())
})

test('the README gives the defaults that hold', () => {
  const [development, production] = [defaultsOf('development'), defaultsOf('production')]
  const hold = NAMES.map((name) => [name, development[name] || undefined, production[name] || undefined])
  const said = documented.map(({ name, plain, none, production = none ? undefined : plain }) => [
    name,
    plain,
    production,
  ])
  // APP_ENV is what the others go by: its default is development wherever it is read.
  const others = ([name]: (string | undefined)[]) => name !== 'APP_ENV'
  assert.deepEqual(said.filter(others).sort(), hold.filter(others).sort())
})
