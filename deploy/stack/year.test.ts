import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { becomesTrue } from '@jotc/testing/service/system'
import { type Answer, type Site, siteOf, type Visitor } from './site.ts'
import { ROOT } from './stack.ts'

/**
 * The year of an installation, by the commands of docs/operations.md, in a folder of its own, with people who go on
 * saving boards and asking for the page.
 */
const NAME = 'jotc-test-year'
let folder = await mkdtemp(join(tmpdir(), 'jotc-year-'))
let site: Site
const people: Visitor[] = []
const oldRole = `docker compose exec -T db psql -U jotc -c 'drop owned by jotc_service' -c 'drop role jotc_service'`
const guide = await readFile(join(ROOT, 'docs/operations.md'), 'utf8')

before(async () => {
  const listed = await promisify(execFile)('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: ROOT })
  for (const file of listed.stdout.split('\0').filter(Boolean))
    await cp(join(ROOT, file), join(folder, file)).catch(() => {})
  // For the mail catcher alone.
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
})
after(async () => {
  await shell('docker compose --profile "*" down --volumes --remove-orphans').catch(() => {})
  await rm(folder, { recursive: true })
})

test('install: the block of the guide leads to a site on which people sign in', async () => {
  const [, commands = ''] = /^## Install$.*?^```sh\n(.*?)^```$/ms.exec(guide) ?? []
  const ours = commands
    .replaceAll('clouds.example.org', 'localhost')
    .replace('deploy/compose.production.yaml', '$&:deploy/stack/mail.compose.yaml')
    .replace('smtp://USER:PASSWORD@HOST:587', 'smtp://mail:2525')
    .replace("'KEY'", "''")
    .replace(/^deploy\/update$/m, 'printf "EMAIL_VERIFICATION=off\\nPUBLISH_ON=127.0.0.1\\nWORKERS=1\\n" >> .env\n$&')
  const { failed, said } = await shell(ours)
  assert.equal(failed, false, said)
  const ca = await shell('docker compose exec -T app cat /data/caddy/pki/authorities/local/root.crt')
  site = siteOf(ca.said, async () => (await shell('docker compose logs --no-log-prefix mail')).said)
  for (let number = 0; number < 5; number++) people.push(await site.visitor())
})

test('check: all is said in lines, and what is wrong here is the certificate of nobody', async () => {
  const { said, failed } = await shell('deploy/check')
  const wrong = said.split('\n').filter((line) => line.startsWith('FAIL'))
  assert.deepEqual(
    wrong.map((line) => line.split(':')[0]),
    ['FAIL certificate'],
    said,
  )
  assert.ok(failed)
  for (const name of ['docker', 'settings', 'db', 'redis', 'api', 'app', 'database', 'mail', 'disk'])
    assert.match(said, new RegExp(`^ok   ${name}: `, 'm'))
})

test('update: the API loses nothing; the page is away for the moment in which Caddy is replaced', async (t) => {
  // Two containers, as on a larger machine: both are replaced.
  await shell('docker compose up --detach --wait --no-deps --no-recreate --scale api=2 api')
  const before = await replicas()
  const { lost } = await meanwhile(t, 'deploy/update --build 0.2.1', true)
  const now = await replicas()
  assert.deepEqual([before.length, now.length, now.filter((id) => before.includes(id)).length], [2, 2, 0])
  assert.match(await readFile(join(folder, '.env'), 'utf8'), /^VERSION=0\.2\.1$/m)
  // Caddy has the ports: while it is replaced nobody is there, or one that has not loaded its certificate yet.
  assert.deepEqual(
    Object.keys(lost).filter((what) => !/^(?:ECONN|EPROTO$)/.test(what)),
    [],
  )
})

test('two services behind Caddy are one: both list and count what either records, and a sign-out holds on both', async () => {
  const one = await site.visitor()
  const ids = [await saves(one), await saves(one)]
  const requests: string[] = []
  const read = async (path: string) => {
    const id = randomUUID()
    requests.push(id)
    const headers = { authorization: `Bearer ${one.token}`, 'x-request-id': id }
    return JSON.parse((await site.ask(path, { headers })).body)
  }
  for (let time = 0; time < 4; time++) {
    const { items } = await read('/api/jotc')
    assert.deepEqual(
      items.map(({ id }: { id: string }) => id),
      ids.toReversed(),
    )
    assert.equal((await read('/api/jotc/stats')).submissions, 2)
  }
  const log = (await shell('docker compose logs api')).said.split('\n')
  const answerers = log.filter((line) => requests.some((id) => line.includes(id))).map((line) => line.split(' ')[0])
  assert.equal(new Set(answerers).size, 2, answerers.join())

  await site.ask('/api/logout', { method: 'POST', headers: { authorization: `Bearer ${one.token}` } })
  const isSignedOut = async () => {
    const answers = [await asks(one, '/api/me'), await asks(one, '/api/me')]
    return answers.every(({ status }) => status === 401)
  }
  await becomesTrue(isSignedOut)
})

test('update to a bad version: it goes, the old one stays, and nobody notices; whatever is bad about it', async (t) => {
  const breaks: [file: string, change: (text: string) => string, said: RegExp][] = [
    ['api/src/worker.ts', (text) => `throw new Error('bad')\n${text}`, /did not come up; 0\.2\.1 goes on/],
    ['app/Caddyfile', (text) => `nonsense\n${text}`, /does not take its settings; nothing was changed/],
    ['db/migrations/001_users.sql', (text) => text, /the migrations failed; 0\.2\.1 goes on/],
  ]
  for (const [file, change, words] of breaks) {
    const good = await readFile(join(folder, file), 'utf8')
    const bad = join(folder, file.endsWith('.sql') ? 'db/migrations/999_bad.sql' : file)
    await writeFile(bad, file.endsWith('.sql') ? 'select 1/0;' : change(good))
    const { said, lost } = await meanwhile(t, 'deploy/update --build 0.2.2', false)
    assert.match(said, words)
    assert.deepEqual(lost, {}, said)
    assert.match((await site.ask('/api/health/ready')).body, /"ok"/)
    assert.equal((await replicas()).length, 2)
    assert.match(await readFile(join(folder, '.env'), 'utf8'), /^VERSION=0\.2\.1$/m)
    if (file.endsWith('.sql')) await rm(bad)
    else await writeFile(bad, good)
  }
})

test('rotate: whoever signs in meanwhile stays signed in', async (t) => {
  const signedIn: Visitor[] = []
  const rotation = meanwhile(t, 'deploy/rotate', true)
  let isOver = false
  void rotation.finally(() => {
    isOver = true
  })
  while (!isOver && signedIn.length < 25) {
    const one = await site.visitor()
    signedIn.push(one)
    // Each connection may reach another worker.
    for (let time = 0; time < 4; time++) assert.equal((await asks(one, '/api/me')).status, 200)
  }
  assert.deepEqual((await rotation).lost, {})
  people.push(...signedIn.slice(0, 3))
  const kid = ({ token }: Visitor) => JSON.parse(atob(token.split('.')[0] ?? '')).kid
  assert.notEqual(kid(await site.visitor()), kid(people[0] as Visitor))
  t.diagnostic(`${signedIn.length} people signed in meanwhile, 0 of them were signed out`)
})

test('another password of the database: a second role takes over from the first', async (t) => {
  await writeFile(join(folder, 'secrets/database_url'), 'postgres://jotc_service_b:another@db:5432/jotc')
  const { said, lost } = await meanwhile(t, `deploy/update "$(sed -n 's/^VERSION=//p' .env)"`, true)
  assert.match(said, /Made the role jotc_service_b/)
  assert.deepEqual(lost, {})
  assert.equal((await shell(oldRole)).failed, false)
})

test('back up and restore: nothing is lost but what was saved in between, and who had signed in stays so', async (t) => {
  const [ana] = people as [Visitor]
  const before = await saves(ana)
  const { said, lost } = await meanwhile(t, 'deploy/backup', true)
  assert.deepEqual(lost, {})
  const later = await saves(ana)
  const file = said.trim().split('\n').at(-1)
  const restored = await meanwhile(t, `deploy/restore --yes ${file}`, true)
  assert.deepEqual(restored.lost, {}, restored.said)
  assert.equal((await asks(ana, `/api/jotc/${before}`)).status, 200)
  assert.equal((await asks(ana, `/api/jotc/${later}`)).status, 404)
  await writeFile(join(folder, 'damaged.dump'), 'PGDMP')
  assert.match(
    (await shell('deploy/restore --yes damaged.dump')).said,
    /is no back-up, or is damaged; nothing was changed/,
  )
})

test('a back-up that is one migration older is restored, and brought to the current schema', async () => {
  const older = join(folder, 'older')
  const files = (await readdir(join(folder, 'db/migrations'))).sort()
  for (const file of files.slice(0, -1)) await cp(join(folder, 'db/migrations', file), join(older, file))
  const now = await shell('deploy/backup')
  const made = await shell(`
    docker compose exec -T db createdb -U jotc older
    docker compose run --rm --no-deps -T -v ./older:/srv/jotc/db/migrations:ro migrate node db/src/migrate.ts older
    docker compose exec -T db psql -U jotc -d older -v ON_ERROR_STOP=1 -c "insert into users (id, email, first_name, last_name, birth_date, role) values (uuidv7(), 'old@example.org', 'Old', 'Hand', '1990-05-09', 'admin')"
    docker compose exec -T db pg_dump -U jotc -Fc older > older.dump
    docker compose exec -T db dropdb -U jotc older`)
  assert.equal(made.failed, false, made.said)
  const { said, failed } = await shell('deploy/restore --yes older.dump')
  assert.equal(failed, false, said)
  assert.match(said, new RegExp(`Applied migration ${files.at(-1)?.replace('.sql', '')}`))
  assert.match(said, /back-up: {2}1 accounts, 0 submissions/)
  await site.visitor()
  assert.equal((await shell(`deploy/restore --yes ${now.said.trim().split('\n').at(-1)}`)).failed, false)
  assert.equal((await asks(people[0] as Visitor, '/api/me')).status, 200)
})

test('each night: a back-up, and its copy', async () => {
  const nightly = `BACKUP_AT='5 seconds' BACKUP_COPY='cp "$1" /backups/copied' docker compose --profile backup up --detach backup
    until test -e backups/copied; do sleep 1; done
    docker compose --profile backup rm --stop --force backup`
  assert.equal((await shell(nightly)).failed, false)
  assert.equal((await shell('docker compose exec -T db pg_restore --list < backups/copied')).failed, false)
})

test('back to the version of before, in another folder: the same data, and the same people', async (t) => {
  const moved = `${folder}-moved`
  await rename(folder, moved)
  folder = moved
  await meanwhile(t, 'deploy/update 0.2.0', true)
})

test('behind a proxy of one’s own: plain HTTP, and the log says for whom that proxy asked', async () => {
  const [, commands = ''] = /^## Behind a proxy of yours$.*?^```sh\n(.*?)^```$/ms.exec(guide) ?? []
  const { failed, said } = await shell(`echo LOG_CLIENT=on >> .env\n${commands}`)
  assert.equal(failed, false, said)
  const headers = { 'x-forwarded-for': '192.0.2.66, 198.51.100.7', 'x-forwarded-proto': 'https' }
  const answer = await fetch('http://127.0.0.1:8000/api/jotc', { headers })
  assert.deepEqual([answer.status, answer.headers.get('strict-transport-security')], [401, 'max-age=31536000'])
  const log = await shell('docker compose logs --no-log-prefix api')
  assert.match(log.said, /"client":"198\.51\.100\.7".*"path":"\/jotc"/)
  assert.doesNotMatch(log.said, /192\.0\.2\.66/)
})

test('remove: nothing is left of it', async () => {
  const [, commands = ''] = /^## Remove$.*?^```sh\n(.*?)^```$/ms.exec(guide) ?? []
  const { failed, said } = await shell(commands)
  assert.equal(failed, false, said)
  for (const kind of ['container ls --all', 'volume ls', 'network ls'])
    assert.equal(
      (await shell(`docker ${kind} --quiet --filter label=com.docker.compose.project=${NAME}`)).said,
      '',
      kind,
    )
})

/**
 * Runs a command of the guide while people save boards and ask for the page; all of them are still signed in afterwards.
 *
 * @returns `lost`: requests by what became of them, but for those that were answered and those that a busy machine asked
 *   to come again (503 with `Retry-After`), as the page does by itself
 */
async function meanwhile(t: TestContext, command: string, succeeds: boolean) {
  const done = new AbortController()
  const lost: Record<string, number> = {}
  const away: number[] = []
  let [asked, again] = [0, 0]
  const goOn = async (request: () => Promise<Answer>, wanted: number) => {
    while (!done.signal.aborted) {
      asked++
      const answer = await request().catch(({ code }: NodeJS.ErrnoException) => code ?? 'unknown')
      if (typeof answer === 'object' && answer.status === wanted) await delay(50)
      else if (typeof answer === 'object' && answer.status === 503 && answer.headers['retry-after']) again++
      else {
        const what = typeof answer === 'object' ? answer.status : answer
        lost[what] = (lost[what] ?? 0) + 1
        away.push(performance.now())
      }
    }
  }
  const loops = [...people.slice(0, 4).map((one) => goOn(() => posts(one), 201)), goOn(() => site.ask('/'), 200)]
  const { said, failed } = await shell(command)
  done.abort()
  await Promise.all(loops)
  assert.equal(failed, !succeeds, said)
  for (const one of people) assert.equal((await asks(one, '/api/me')).status, 200, one.email)
  const awayMs = Math.round((away.at(-1) ?? 0) - (away[0] ?? 0))
  const figures = `lost ${JSON.stringify(lost)} within ${awayMs} ms, ${again} asked to come again, 0 of ${people.length} signed out`
  t.diagnostic(`${command}: ${asked} requests, ${figures}`)
  return { said, lost }
}

function posts({ token }: Visitor) {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() }
  return site.ask('/api/jotc', { headers, body: { clouds: '0010010' } })
}

async function saves(one: Visitor): Promise<string> {
  return JSON.parse(
    (await site.ask('/api/jotc', { headers: { authorization: `Bearer ${one.token}` }, body: { clouds: '000' } })).body,
  ).id
}

function asks({ token }: Visitor, path: string) {
  return site.ask(path, { headers: { authorization: `Bearer ${token}` } })
}

/** The containers of the API, also those that do not run. */
async function replicas(): Promise<string[]> {
  return (await shell('docker compose ps --all --quiet api')).said.trim().split('\n')
}

/** Runs commands as an operator would, in the folder of the installation. */
async function shell(commands: string): Promise<{ said: string; failed: boolean }> {
  const { DOCKER_HOST = '', DOCKER_CONFIG = '', PATH = '', HOME = '' } = process.env
  const env = { DOCKER_HOST, DOCKER_CONFIG, PATH, HOME, COMPOSE_PROJECT_NAME: NAME }
  return await new Promise((resolve) => {
    const options = { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }
    const child = execFile('sh', ['-ec', commands], options, (error, out, err) => {
      resolve({ said: error ? out + err : out, failed: error !== null })
    })
    child.stdin?.end()
  })
}
