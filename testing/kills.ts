import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { type Postgres, startPostgres } from '@jotc/db/embedded'
import { migrate } from '@jotc/db/migrate'
import pg from 'pg'
import { detailsOf, signIn } from './client.ts'
import { temporaryFolder } from './folder.ts'
import { type ServiceProcess, startProcess } from './process.ts'

const CLIENTS = 8
/** Boards that are recorded between two kills. */
const BETWEEN = 60

/**
 * Kills (SIGKILL) the service, then PostgreSQL, then both, and so on, while clients send boards; each time they are
 * started anew. Asserts that what was answered with 201 is in the database, and nothing twice.
 */
export async function killsUnderLoad(t: TestContext, rounds: number): Promise<void> {
  const folder = temporaryFolder('kills')
  let postgres: Postgres = await startPostgres({ dataDir: folder.path })
  t.after(async () => {
    await postgres.stop()
    folder[Symbol.dispose]()
  })
  await migrate(postgres.url)
  const restartPostgres = async () => {
    const [pid] = readFileSync(join(folder.path, 'cluster', 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), 'SIGKILL')
    await postgres.ended
    postgres = await startPostgres({ dataDir: folder.path, port: postgres.port })
  }
  const start = () =>
    startProcess(t, {
      APP_ENV: 'development',
      LOG_LEVEL: 'info',
      RATE_LIMIT: '1000000',
      DATABASE_URL: postgres.url,
      DATA_DIR: folder.path,
    })
  let service: ServiceProcess = start()
  let url = await service.listening()
  const restartService = async () => {
    service.child.kill('SIGKILL')
    await service.ended
    service = start()
    url = await service.listening()
  }
  const { token } = await signIn(url, detailsOf('zoe'))

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

/** @returns whether it was answered with 201; any other answer must be the one for a database that is away */
async function records(url: string, token: string, key: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/jotc`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: '{"clouds":"0010010"}',
    })
    const body = await answer.text()
    assert([201, 503].includes(answer.status), `${answer.status}: ${body}`)
    return answer.status === 201
  } catch (error) {
    // Its connection was lost, or there was none.
    if (error instanceof TypeError) return false
    throw error
  }
}
