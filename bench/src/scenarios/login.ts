import { startEmailable } from '@jotc/testing/emailable'
import { startRedis } from '@jotc/testing/redis'
import { createClient } from '@redis/client'
import { latency, loadNotes, throughput } from '../measure/compare-load.ts'
import { compareServices } from '../measure/compare-services.ts'
import type { Scenario } from '../scenario.ts'
import { makeAccounts, people, signIn, signIns } from '../system/people.ts'
import { startPostgresServer } from '../system/postgres.ts'
import { startBaseline, startService } from '../system/services.ts'

const PEOPLE = 1000

/** `POST /login` of people whose verdict is cached, against a plain service with one GET and one SELECT a request. */
export const login: Scenario = async (options, say) => {
  const accounts = people(options.rows ?? PEOPLE)
  await using open = new AsyncDisposableStack()
  const postgres = open.use(await startPostgresServer())
  const redis = open.adopt(await startRedis(), (server) => server.stop())
  const emailable = open.adopt(await startEmailable(), (server) => server.close())
  const databaseUrl = await postgres.database('accounts')
  await makeAccounts(databaseUrl, accounts)
  await keepPlainVerdicts(redis.url, accounts)

  const needs = { databaseUrl, redisUrl: redis.url, emailableUrl: emailable.url }
  const service = open.use(await startService(needs, options))
  const plain = open.use(await startBaseline('login', options.workers, databaseUrl, redis.url))
  say(`signing ${accounts.length} people in, for their verdicts to be cached`)
  await signIn(service.port, accounts)
  const asked = emailable.calls.length

  const requests = signIns(accounts)
  const targets = { ours: { ...service, requests, status: 200 }, baseline: { ...plain, requests, status: 200 } }
  const { most, steady, rate } = await compareServices(targets, options, say)
  return {
    figures: [
      throughput('sign-ins', most, { atLeast: 2 }),
      latency('p99, clients as quick as they can', 'p99', most),
      latency(`p99 at ${rate} a second`, 'p99', steady),
      latency(`median at ${rate} a second`, 'p50', steady),
    ],
    notes: [...loadNotes(most), `questions to the verifier while measuring: ${emailable.calls.length - asked}`],
  }
}

async function keepPlainVerdicts(redisUrl: string, accounts: readonly { email: string }[]): Promise<void> {
  const redis = await createClient({ url: redisUrl }).connect()
  await Promise.all(accounts.map(({ email }) => redis.set(`verdict:${email}`, 'deliverable')))
  await redis.close()
}
