import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { defaultsOf, SECRETS, Settings } from '../api/src/settings.ts'
import pkg from '../package.json' with { type: 'json' }

type Setting = { name: string; value: string; fallback?: string }
type Service = { profiles?: string[]; ports?: string[] }

const file = (name: string) => readFileSync(join(import.meta.dirname, '..', name), 'utf8')
const [development, production] = [file('compose.yaml'), file('deploy/compose.production.yaml')]

/** What is read from `.env`, with what holds where it says nothing; a name without a default is required. */
const READ = /(?<!\$)\$\{(?<name>[A-Z_]+)(?::-(?<fallback>[^}]*))?(?::\?[^}]*)?\}/g
/** A line of `.env.example`: a setting, and the value that holds without it. */
const EXPLAINED = /^# (?<name>[A-Z_]+)=(?<value>\S*)(?<why>.*)$/gm

const named = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(({ groups }) => groups as Setting)
const read = named(development + production, READ)
const explained = named(file('.env.example'), EXPLAINED)
/** By Compose itself. */
const OTHERWISE_READ = ['COMPOSE_FILE']
const settings = Object.keys(Settings.properties)
const { services } = parse(development, { merge: true }) as { services: Record<string, Service> }

test('.env.example explains each setting that the Compose files read, and no other', () => {
  const names = [...new Set(read.map(({ name }) => name))]
  assert.deepEqual(explained.map(({ name }) => name).sort(), [...names, ...OTHERWISE_READ].sort())
})

test('.env.example shows the values that hold in development', () => {
  const own = defaultsOf('development') as Record<string, string>
  for (const { name, value } of explained) {
    // What Compose hands over empty is the service's to choose.
    const holds = read.find((variable) => variable.name === name)?.fallback || own[name]
    if (holds !== undefined) assert.equal(value, holds, name)
  }
})

test('every setting of the service can be set, and the service knows all that it is given', () => {
  // Set by the image, and by Compose where it wires containers together; the last is the app's under `npm start`.
  const notByPeople = ['API_PORT', 'COMMIT', 'DATA_DIR', 'HOST', 'APP_PORT']
  const given = Object.keys(environmentOf(development)).filter((name) => name !== 'PGPASSWORD')
  assert.deepEqual([...given, ...notByPeople].sort(), settings.sort())
  const files = Object.keys(environmentOf(production)).filter((name) => name.endsWith('_FILE'))
  // A replica is somebody else's machine.
  const secrets = SECRETS.filter((name) => name !== 'DATABASE_READ_URL')
  assert.deepEqual(files.sort(), secrets.map((name) => `${name}_FILE`).sort())
})

test('no setting opens a database or a tool to the network', () => {
  for (const [name, { ports = [] }] of Object.entries(services)) {
    if (name === 'app' || name === 'api') continue
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:/, name)
  }
})

test('deploy/README has the services of the Compose file, each with the port where it answers', () => {
  const everyday = Object.entries(services).filter(([name, { profiles }]) => name !== 'migrate' && !profiles)
  const ports = everyday.map(([name, { ports }]) => [name, /:-(\d+)\}:\d+$/.exec(ports?.[0] ?? '')?.[1]])
  const rows = file('deploy/README.md').matchAll(/^\| (\w+) +\| .*localhost(?::(\d+))?\b/gm)
  const documented = Array.from(rows, ([, name, port = '80']) => [name, port])
  assert.deepEqual(documented, ports)
})

test('images are tagged with the version of the repository', () => {
  assert.equal(read.find(({ name }) => name === 'VERSION')?.fallback, pkg.version)
  for (const service of ['api', 'app', 'db', 'load']) {
    assert.match(file(`${service}/Dockerfile`), new RegExp(`^ARG VERSION=${RegExp.escape(pkg.version)} `, 'm'), service)
  }
  for (const overlay of ['development', 'production']) {
    const tags = file(`deploy/kubernetes/overlays/${overlay}/kustomization.yaml`).match(/(?<=newTag: )[^ ]+(?= )/g)
    assert.deepEqual(tags, Array(3).fill(pkg.version), overlay)
  }
})

/** What the service is given by a Compose file, whose own tags (`!reset`) are nothing to a reader of YAML. */
function environmentOf(compose: string): Record<string, unknown> {
  return parse(compose, { merge: true, logLevel: 'error' }).services.api.environment
}
