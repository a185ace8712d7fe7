import { createDatabase } from '@jotc/testing/database'
import { startRedis } from '@jotc/testing/redis'
import { insertOneByOne } from '../../baselines/inserts.ts'
import { type Aim, ratioOf, type Scenario } from '../figure.ts'
import { alternate } from '../measure/alternate.ts'
import { compared, compareServices, loadNotes } from '../measure/compare-services.ts'
import { measureLoad } from '../measure/load.ts'
import { boards } from '../system/boards.ts'
import { makeAccounts, type Person, people, signIn } from '../system/people.ts'
import { startBaseline, startPostgresServer, startService } from '../system/services.ts'

const PEOPLE = 100
const BOARDS = 1000
const AGAINST_INSERTS: Aim = { atLeast: 1.5 }

/** `POST /jotc` against a plain service with one INSERT a request, and against INSERTs without any service. */
export const post: Scenario = async (options, say) => {
  const { rounds, seconds, clients, workers } = options
  const accounts = people(PEOPLE)
  const solved = boards(BOARDS)
  await using open = new AsyncDisposableStack()
  open.use(await startPostgresServer())
  const redis = open.adopt(await startRedis(), (server) => server.stop())
  const [ourDatabase, plainDatabase, bareDatabase] = [
    (await createDatabase()).url,
    (await createDatabase()).url,
    (await createDatabase()).url,
  ]
  for (const url of [ourDatabase, plainDatabase, bareDatabase]) await makeAccounts(url, accounts)
  const service = open.use(await startService({ databaseUrl: ourDatabase, redisUrl: redis.url }, options))
  const plain = open.use(await startBaseline('post', workers, plainDatabase))

  const requests = (tokens: readonly string[]) =>
    solved.map(({ clouds }, number) => ({ path: '/jotc', body: { clouds }, token: tokens[number % tokens.length] }))
  const ours = { ...service, status: 201, requests: requests(await signIn(service.url, accounts)) }
  const baseline = {
    ...plain,
    status: 201,
    requests: requests(await signIn(plain.url, accounts, ({ id }) => ({ id }))),
  }
  const { most, steady, rate } = await compareServices({ ours, baseline }, options, say)

  say(`${rounds} rounds against INSERTs without a service`)
  const bare = await alternate(rounds, {
    ours: () => measureLoad(ours, { clients, seconds }),
    inserts: () => insertOneByOne(bareDatabase, rowsOf(accounts), { clients, seconds }),
  })
  return {
    figures: [
      compared('submissions', 'perSecond', most, { atLeast: 3.5 }),
      ratioOf({
        what: 'submissions, against prepared INSERTs by pg',
        unit: 'a second',
        ours: bare.ours.map(({ perSecond }) => perSecond),
        baseline: bare.inserts,
        aim: AGAINST_INSERTS,
      }),
      compared('p99, clients as quick as they can', 'p99', most, { atMost: 0.4 }),
      compared(`p99 at ${rate} a second`, 'p99', steady, { atMost: 0.4 }),
      compared(`median at ${rate} a second`, 'p50', steady),
    ],
    notes: loadNotes(most),
  }

  function rowsOf(owners: readonly Person[]) {
    return solved.map((board, number) => ({ ...board, userId: owners[number % owners.length]?.id ?? '' }))
  }
}
