import { startEmailable } from '@jotc/testing/stand-ins/emailable'
import { createClient } from '@redis/client'
import type { Scenario } from '../figure.ts'
import { compareServices } from '../measure/compare-services.ts'
import { people, signIn } from '../system/people.ts'
import { openServers, startBaseline, startService } from '../system/services.ts'

const PEOPLE = 1000

/** `POST /login` of people whose verdict is cached, against a plain service with one GET and one SELECT a request. */
export const login: Scenario = async (options, say) => {
  const accounts = people(options.rows ?? PEOPLE)
  await using open = new AsyncDisposableStack()
  const { databaseUrl, redisUrl } = await openServers(open, accounts)
  const emailable = open.adopt(await startEmailable(), (server) => server.close())
  await keepPlainVerdicts(redisUrl, accounts)
  const service = open.use(await startService({ databaseUrl, redisUrl, emailableUrl: emailable.url }, options))
  const plain = open.use(await startBaseline('login', options.workers, databaseUrl, redisUrl))
  say(`signing ${accounts.length} people in, for their verdicts to be cached`)
  await signIn(service.url, accounts)
  const asked = emailable.calls.length

  const requests = accounts.map((body) => ({ path: '/login', body }))
  const targets = { ours: { ...service, requests, status: 200 }, baseline: { ...plain, requests, status: 200 } }
  const { figures, notes } = await compareServices('sign-ins', targets, { perSecond: { atLeast: 2 } }, options, say)
  return { figures, notes: [...notes, `questions to the verifier while measuring: ${emailable.calls.length - asked}`] }
}

async function keepPlainVerdicts(redisUrl: string, accounts: readonly { email: string }[]): Promise<void> {
  const redis = await createClient({ url: redisUrl }).connect()
  await Promise.all(accounts.map(({ email }) => redis.set(`verdict:${email}`, 'deliverable')))
  await redis.close()
}
