import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { delimiter, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { SolvedSubmission, SubmissionPage } from '@jotc/core/api/jotc'
import { temporaryFolder } from '@jotc/testing/folder'
import { copyCluster } from '@jotc/testing/servers/cluster'
import { ask, signIn } from '@jotc/testing/service/client'
import pkg from '../package.json' with { type: 'json' }

const ROOT = resolve(import.meta.dirname, '..')
const ANA = { email: 'ana@example.org', firstName: 'Ana', lastName: 'Sol', birthDate: '1990-01-01' }
const onLinux = { skip: process.platform !== 'linux' && 'finds processes in /proc' }

test('npm start steps over a taken port, answers on both URLs it prints, signs in by cookie, and a second one in its folder says so in one line; SIGTERM ends all of it with exit code 0', async (t) => {
  const other = createServer().listen(4000, '127.0.0.1')
  // Taken already by somebody else: as good.
  await once(other, 'listening').catch(() => {})
  const dataDir = newDataDir(t)
  const system = await start(dataDir)
  other.close()
  assert.match(system.output(), /Port 4000 is in use, so the API uses (\d+)/)
  assert.notEqual(new URL(system.api).port, '4000')
  assert.deepEqual(await Promise.all([statusOf(`${system.api}/health/ready`), statusOf(system.app)]), [200, 200])
  assert.equal(await signInByCookie(system.app), ANA.email)
  const { line, code } = await refusal({ DATA_DIR: dataDir })
  assert.match(line, /^npm start: already running/)
  assert.equal(code, 1)
  assert.equal(await statusOf(`${system.api}/health/ready`), 200)
  system.child.kill('SIGTERM')
  assert.equal(await exitCode(system.child), 0)
  assert.deepEqual(await processesOf(dataDir), [])
})

test(
  'after kill -9 of everything it starts with all data and sessions; when one part dies, all is stopped with an error',
  onLinux,
  async (t) => {
    const dataDir = newDataDir(t)
    await copyCluster(join(dataDir, 'postgres'))
    const killed = await start(dataDir)
    const { token, id } = await saveBoard(killed.api)
    for (const pid of await processesOf(dataDir)) kill(pid)
    await exitCode(killed.child)
    const system = await start(dataDir)
    assert.deepEqual(await listedIds(system.api, token), [id])
    assert.doesNotMatch(system.output(), /Building/)
    for (const pid of await processesOf(dataDir)) {
      if ((await commandOf(pid)).includes('api/src/main.ts')) kill(pid)
    }
    assert.notEqual(await exitCode(system.child), 0)
    // The workers of what was killed end by themselves.
    while ((await processesOf(dataDir)).length > 0) await delay(50)
  },
)

for (const moment of ['at once', 'PostgreSQL on port', 'Applied migration 001', 'worker ready']) {
  test(`Ctrl-C ends it while it starts: ${moment}`, onLinux, async (t) => {
    const dataDir = newDataDir(t)
    const { child, wrote, output } = launch(process.execPath, ['scripts/start.ts'], { DATA_DIR: dataDir })
    await (moment === 'at once' ? once(child, 'spawn') : wrote(RegExp(moment)))
    process.kill(-pidOf(child), 'SIGINT')
    await exitCode(child)
    assert.deepEqual(await processesOf(dataDir), [])
    assert.doesNotMatch(output(), /npm start:|Error/)
  })
}

/** Nothing listens there. */
const PROXY = 'http://127.0.0.1:9'
const strangers = {
  PGSSLMODE: 'require',
  PGOPTIONS: '-c nonsense=1',
  PGHOST: 'db.example.org',
  PGPORT: '1',
  PGUSER: 'somebody',
  PGSERVICE: 'other',
  NODE_USE_ENV_PROXY: '1',
  HTTP_PROXY: PROXY,
  http_proxy: PROXY,
  HTTPS_PROXY: PROXY,
  PORT: 'abc',
  TZ: 'nowhere',
  LANG: 'xx_YY.ISO8859-9',
  LC_ALL: 'C',
  TMPDIR: '/proc/nowhere',
  NODE_ENV: 'production',
  NO_COLOR: '1',
  npm_config_omit: 'dev',
}
test('what a shell says of other servers, proxies, locales and folders changes nothing; pressed twice, Ctrl-C ends all of it', async (t) => {
  const dataDir = newDataDir(t)
  const system = await start(dataDir, strangers)
  const { token, id } = await saveBoard(system.api)
  assert.deepEqual(await listedIds(system.api, token), [id])
  const env = environment({ DATA_DIR: dataDir, ...strangers })
  const demo = spawnSync('npm', ['run', '-s', 'demo'], { cwd: ROOT, env, encoding: 'utf8' })
  assert.match(demo.stdout, /^Added/, demo.stderr)
  // As from a terminal, it reaches every process.
  process.kill(-pidOf(system.child), 'SIGINT')
  process.kill(-pidOf(system.child), 'SIGINT')
  await exitCode(system.child)
  assert.deepEqual(await processesOf(dataDir), [])
  assert.doesNotMatch(system.output(), /npm start:|Error/)
})

test('without the packages it needs, each command says in one line how to install them', async (t) => {
  const folder = newDataDir(t)
  await copyFile(join(ROOT, 'package.json'), join(folder, 'package.json'))
  const { status, stderr } = spawnSync('npm', ['start', '-s'], { cwd: folder, encoding: 'utf8' })
  assert.equal(stderr, 'Not everything is installed. Run: npm ci --include=dev --ignore-scripts=false\n')
  assert.equal(status, 1)
  const [looks] = pkg.scripts.start.split(';')
  for (const command of [pkg.scripts.dev, pkg.scripts.demo, pkg.scripts.test])
    assert.equal(command.split(';')[0], looks)
})

test('npm ci warns of nothing on the Node of this machine', () => {
  const { PATH = '' } = process.env
  const outside = PATH.split(delimiter).filter((folder) => !folder.includes('node_modules'))
  const env = environment({ PATH: outside.join(delimiter), npm_config_loglevel: undefined })
  const { stderr } = spawnSync('npm', ['ci', '--dry-run', '--offline'], { cwd: ROOT, env, encoding: 'utf8' })
  assert.equal(stderr, '')
})

for (const [name, value] of [
  ['APP_PORT', '70000'],
  ['HOST', 'x86_64-conda-linux-gnu'],
  ['JWT_LIFETIME', 'long'],
  ['DATABASE_URL', 'postgres://jotc:s3cret@127.0.0.1:1/jotc'],
] as const)
  test(`a wrong ${name} (${value.slice(0, 8)}) ends it with one line that names the setting`, async (t) => {
    const dataDir = newDataDir(t)
    await copyCluster(join(dataDir, 'postgres'))
    const { line, code } = await refusal({ DATA_DIR: dataDir, [name]: value })
    assert.match(line, new RegExp(`^(npm start: )?${name}\\b[^\\n]+$`))
    assert.doesNotMatch(line, /s3cret/)
    assert.equal(code, 1)
  })

/** As the page does, which has the API under its own address. @returns who is signed in then */
async function signInByCookie(app: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: app }
  const request = { method: 'POST', headers, body: JSON.stringify(ANA) }
  const answer = await fetch(`${app}/api/login?session=cookie`, request)
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const me = await fetch(`${app}/api/me`, { headers: { cookie } })
  return ((await me.json()) as { email: string }).email
}

function newDataDir(t: TestContext): string {
  const folder = temporaryFolder('start')
  t.after(async () => {
    for (const pid of await processesOf(folder.path)) kill(pid)
    folder[Symbol.dispose]()
  })
  return folder.path
}

/** A command in a process group of its own. */
function launch(command: string, args: string[], settings: NodeJS.ProcessEnv) {
  const child = spawn(command, args, { cwd: ROOT, env: environment(settings), detached: true })
  let output = ''
  /** Resolves once this is in what it writes from now on. */
  const wrote = (text: RegExp) =>
    new Promise<RegExpExecArray>((found, failed) => {
      const read = () => {
        const match = text.exec(output)
        if (match) found(match)
      }
      for (const stream of [child.stdout, child.stderr]) stream.on('data', read)
      child.once('exit', () => failed(new Error(`It ended before it wrote ${text}:\n${output}`)))
    })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
    })
  return { child, wrote, output: () => output }
}

/** `npm start`, once it has printed both URLs. */
async function start(dataDir: string, settings: Record<string, string> = {}) {
  const npm = launch('npm', ['start'], { DATA_DIR: dataDir, ...settings })
  const [, app = '', api = ''] = await npm.wrote(/App {2}(\S+)\n {2}API {2}(\S+)/)
  return { ...npm, app, api }
}

/** Starts what is expected to refuse. @returns the last line it wrote to stderr, and its exit code */
async function refusal(settings: Record<string, string>): Promise<{ line: string; code: number | null }> {
  const child = spawn(process.execPath, ['scripts/start.ts'], { cwd: ROOT, env: environment(settings) })
  child.stdout.resume()
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
  return { line: said.trimEnd(), code }
}

/** Ours, without what the test run itself was set up with. */
function environment(settings: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { DATABASE_URL, HOST, API_PORT, APP_PORT, API_URL, NODE_TEST_CONTEXT, ...rest } = process.env
  return { ...rest, APP_ENV: 'development', ...settings }
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return child.exitCode
}

/** All processes that were told of the folder, by argument or environment; elsewhere than on Linux nobody can say. */
async function processesOf(dataDir: string): Promise<number[]> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 1 && pid !== process.pid)
  const about = await Promise.all(
    pids.map(async (pid) => (await commandOf(pid)) + (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''))),
  )
  return pids.filter((_, index) => about[index]?.includes(dataDir))
}

const commandOf = (pid: number) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone already, with another of them.
  }
}

const pidOf = (child: ChildProcess) => child.pid as number

const statusOf = async (url: string) => (await fetch(url)).status

async function saveBoard(api: string): Promise<{ token: string; id: string }> {
  const { token } = await signIn(api, ANA)
  const { id } = await ask<SolvedSubmission>(`${api}/jotc`, { token, body: { clouds: '0010010' } })
  return { token, id }
}

async function listedIds(api: string, token: string): Promise<string[]> {
  return (await ask<SubmissionPage>(`${api}/jotc`, { token })).items.map(({ id }) => id)
}
