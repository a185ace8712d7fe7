import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { SolvedSubmission, SubmissionPage } from '@jotc/core/api/jotc'
import { copyCluster } from '@jotc/testing/servers/cluster'
import { ask, signIn as signInAt } from '@jotc/testing/service/client'
import pkg from '../package.json' with { type: 'json' }

const ROOT = resolve(import.meta.dirname, '..')
const ANA = { email: 'ana@example.org', firstName: 'Ana', lastName: 'Sol', birthDate: '1990-01-01' }
const onLinux = { skip: process.platform !== 'linux' && 'finds processes in /proc' }

test('npm start steps over a taken port, answers on both URLs it prints, signs in by cookie, and a second one in its folder says so in one line; SIGTERM ends all of it with exit code 0', async (t) => {
  const other = createServer().listen(4000, '127.0.0.1')
  // Taken already by somebody else: as good.
  await once(other, 'listening').catch(() => {})
  const system = await start(await newDataDir(t))
  other.close()
  assert.match(system.output(), /Port 4000 is in use, so the API uses (\d+)/)
  assert.notEqual(new URL(system.api).port, '4000')
  assert.deepEqual(await Promise.all([statusOf(`${system.api}/health/ready`), statusOf(system.app)]), [200, 200])
  assert.equal(await signInByCookie(system.app), ANA.email)
  const { line, code } = await refusal({ DATA_DIR: system.dataDir })
  assert.match(line, /^npm start: already running/)
  assert.equal(code, 1)
  assert.equal(await statusOf(`${system.api}/health/ready`), 200)
  system.process.kill('SIGTERM')
  assert.equal(await exitCode(system.process), 0)
  assert.deepEqual(await processesOf(system.dataDir), [])
})

test(
  'after kill -9 of everything it starts with all data and sessions; when one part dies, all is stopped with an error',
  onLinux,
  async (t) => {
    const dataDir = await newDataDir(t)
    await copyCluster(join(dataDir, 'postgres'))
    const killed = await start(dataDir)
    const token = await signIn(killed.api)
    const id = await solve(killed.api, token, '0010010')
    for (const pid of await processesOf(dataDir)) kill(pid)
    await exitCode(killed.process)
    const system = await start(dataDir)
    assert.deepEqual(await listedIds(system.api, token), [id])
    assert.doesNotMatch(system.output(), /Building/)
    for (const pid of await processesOf(dataDir)) {
      if ((await commandOf(pid)).includes('api/src/main.ts')) kill(pid)
    }
    assert.notEqual(await exitCode(system.process), 0)
    // The workers of what was killed end by themselves.
    while ((await processesOf(dataDir)).length > 0) await delay(50)
  },
)

for (const moment of ['at once', 'PostgreSQL on port', 'Applied migration 001', 'worker ready']) {
  test(`Ctrl-C ends it while it starts: ${moment}`, onLinux, async (t) => {
    const dataDir = await newDataDir(t)
    const child = spawn(process.execPath, ['scripts/start.ts'], {
      cwd: ROOT,
      env: environment({ DATA_DIR: dataDir }),
      detached: true,
    })
    let output = ''
    await new Promise<void>((resolve, reject) => {
      if (moment === 'at once') child.once('spawn', resolve)
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          output += chunk
          if (output.includes(moment)) resolve()
        })
      }
      child.once('exit', () => reject(new Error(`npm start ended before “${moment}”:\n${output}`)))
    })
    process.kill(-pidOf(child), 'SIGINT')
    await exitCode(child)
    assert.deepEqual(await processesOf(dataDir), [])
    assert.doesNotMatch(output, /npm start:|Error/)
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
  const dataDir = await newDataDir(t)
  const system = await start(dataDir, strangers)
  const token = await signIn(system.api)
  const id = await solve(system.api, token, '0010010')
  assert.deepEqual(await listedIds(system.api, token), [id])
  const demo = spawnSync('npm', ['run', '-s', 'demo'], {
    cwd: ROOT,
    env: environment({ DATA_DIR: dataDir, ...strangers }),
    encoding: 'utf8',
  })
  assert.match(demo.stdout, /^Added/, demo.stderr)
  // As from a terminal, it reaches every process.
  process.kill(-pidOf(system.process), 'SIGINT')
  process.kill(-pidOf(system.process), 'SIGINT')
  await exitCode(system.process)
  assert.deepEqual(await processesOf(dataDir), [])
  assert.doesNotMatch(system.output(), /npm start:|Error/)
})

test('without the packages it needs, each command says in one line how to install them', async (t) => {
  const folder = await newDataDir(t)
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
  const { stderr } = spawnSync('npm', ['ci', '--dry-run', '--offline'], {
    cwd: ROOT,
    env: environment({ PATH: outside.join(delimiter), npm_config_loglevel: undefined }),
    encoding: 'utf8',
  })
  assert.equal(stderr, '')
})

const wrong: [name: string, value: string][] = [
  ['APP_PORT', '70000'],
  ['HOST', 'x86_64-conda-linux-gnu'],
  ['JWT_LIFETIME', 'long'],
  ['DATABASE_URL', 'postgres://jotc:s3cret@127.0.0.1:1/jotc'],
]
for (const [name, value] of wrong)
  test(`a wrong ${name} (${value.slice(0, 8)}) ends it with one line that names the setting`, async (t) => {
    const dataDir = await newDataDir(t)
    await copyCluster(join(dataDir, 'postgres'))
    const { line, code } = await refusal({ DATA_DIR: dataDir, [name]: value })
    assert.match(line, new RegExp(`^(npm start: )?${name}\\b[^\\n]+$`))
    assert.doesNotMatch(line, /s3cret/)
    assert.equal(code, 1)
  })

type System = { process: ChildProcess; dataDir: string; app: string; api: string; output(): string }

/** As the page does, which has the API under its own address. @returns who is signed in then */
async function signInByCookie(app: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: app }
  const request = { method: 'POST', headers, body: JSON.stringify(ANA) }
  const answer = await fetch(`${app}/api/login?session=cookie`, request)
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const me = await fetch(`${app}/api/me`, { headers: { cookie } })
  return ((await me.json()) as { email: string }).email
}

async function newDataDir(t: TestContext): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jotc start '))
  t.after(async () => {
    for (const pid of await processesOf(dataDir)) kill(pid)
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10 })
  })
  return dataDir
}

/** `npm start` in a process group of its own, once it has printed both URLs. */
async function start(dataDir: string, settings: Record<string, string> = {}): Promise<System> {
  const npm = spawn('npm', ['start'], {
    cwd: ROOT,
    env: environment({ DATA_DIR: dataDir, ...settings }),
    detached: true,
  })
  let output = ''
  const urls = new Promise<RegExpExecArray>((found, failed) => {
    const read = (chunk: Buffer) => {
      output += chunk
      const match = /App {2}(\S+)\n {2}API {2}(\S+)/.exec(output)
      if (match) found(match)
    }
    npm.stdout.on('data', read)
    npm.stderr.on('data', read)
    npm.on('exit', () => failed(new Error(`npm start ended:\n${output}`)))
  })
  const [, app = '', api = ''] = await urls
  return { process: npm, dataDir, app, api, output: () => output }
}

/** Starts what is expected to refuse. @returns the last line it wrote to stderr, and its exit code */
async function refusal(settings: Record<string, string>): Promise<{ line: string; code: number | null }> {
  const child = spawn(process.execPath, ['scripts/start.ts'], { cwd: ROOT, env: environment(settings) })
  let said = ''
  child.stdout.resume()
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(child, 'close')
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

async function signIn(api: string): Promise<string> {
  return (await signInAt(api, ANA)).token
}

async function solve(api: string, token: string, clouds: string): Promise<string> {
  return (await ask<SolvedSubmission>(`${api}/jotc`, { token, body: { clouds } })).id
}

async function listedIds(api: string, token: string): Promise<string[]> {
  return (await ask<SubmissionPage>(`${api}/jotc`, { token })).items.map(({ id }) => id)
}
