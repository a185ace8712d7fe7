import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { Session } from '@jotc/core/api/account'
import { type Postgres, startPostgres } from '@jotc/db/embedded'
import { migrate } from '@jotc/db/migrate'
import pg from 'pg'
import { type ServiceProcess, startProcess } from './process.ts'
import { detailsOf } from './system.ts'

const CLIENTS = 8
/** Boards that are recorded between two kills. */
const BETWEEN = 60

/**
 * Kills (SIGKILL) the service, then PostgreSQL, then both, and so on, while clients send boards; each time they are
 * started anew. Asserts that what was answered with 201 is in the database, and nothing twice.
 */
export async function killsUnderLoad(t: TestContext, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'jotc-kill-'))
  let postgres: Postgres = await startPostgres({ dataDir: folder })
  t.after(async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  await migrate(postgres.url)
  const restartPostgres = async () => {
    const [pid] = readFileSync(join(folder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), 'SIGKILL')
    await postgres.ended
    postgres = await startPostgres({ dataDir: folder, port: postgres.port })
  }
  const start = () =>
    startProcess(t, {
      APP_ENV: 'development',
      LOG_LEVEL: 'info',
      RATE_LIMIT: '1000000',
      DATABASE_URL: postgres.url,
      DATA_DIR: folder,
    })
  let service: ServiceProcess = start()
  let url = await service.listening()
  const restartService = async () => {
    service.child.kill('SIGKILL')
    await service.ended
    service = start()
    url = await service.listening()
  }
  const token = await signIn(url)

  const answered: string[] = []
  let isOver = false
  /** Sends boards one after the other; what was not answered is sent again with its key, as a client should. */
  const client = async () => {
    while (!isOver) {
      const key = randomUUID()
      while (!(await records(url, token, key))) await wait(20)
      answered.push(key)
    }
  }
  const clients = Array.from({ length: CLIENTS }, client)
  for (let round = 0; round < rounds; round++) {
    const until = answered.length + BETWEEN
    while (answered.length < until) await wait(5)
    if (round % 3 !== 1) await restartService()
    if (round % 3 !== 0) await restartPostgres()
  }
  isOver = true
  await Promise.all(clients)

  const reader = new pg.Client(postgres.url)
  await reader.connect()
  const { rows } = await reader.query('select id from submissions')
  await reader.end()
  assert.deepEqual(rows.map(({ id }) => id).sort(), answered.sort())
  t.diagnostic(`${rounds} kills: ${answered.length} answered, ${rows.length} kept`)
}

async function signIn(url: string): Promise<string> {
  const answer = await post(`${url}/login`, detailsOf('zoe'), {})
  const { token } = (await answer.json()) as Session
  return token
}

/** @returns whether it was answered with 201; any other answer must be the one for a database that is away */
async function records(url: string, token: string, key: string): Promise<boolean> {
  try {
    const answer = await post(
      `${url}/jotc`,
      { clouds: '0010010' },
      { authorization: `Bearer ${token}`, 'idempotency-key': key },
    )
    const body = await answer.text()
    assert([201, 503].includes(answer.status), `${answer.status}: ${body}`)
    return answer.status === 201
  } catch (error) {
    // Its connection was lost, or there was none.
    if (error instanceof TypeError) return false
    throw error
  }
}

function post(url: string, body: object, headers: Record<string, string>): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}
