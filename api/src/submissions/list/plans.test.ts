import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type ListQuery, SORT_KEYS } from '@jotc/core/api/jotc'
import { system } from '@jotc/testing/service/system'
import sql from 'sql-template-tag'
import type { Account } from '../../auth/accounts.ts'
import type { Database } from '../../database/database.ts'
import { readFilter } from '../filter.ts'
import { listPage } from './list.ts'

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  Plans?: Node[]
}

/** Submissions of 4,000 accounts within a year and a half, the first accounts with most of them. */
const SUBMISSIONS = 200_000
const ACCOUNTS = 4_000
/** Accounts of which only every fiftieth ever sent anything, long ago. */
const SILENT = 2_000
/** Rows that a statement may read of the table or its indexes, up to page 40. */
const MOST_READ = 60_000
/** Rows that may be sorted at once: some accounts' first pages, or a short time (MAX_SORTED). */
const MOST_SORTED = 30_000

const { api, sql: run, person } = await system({ after })
const chief = await person('chief')
const chiefs: Account = { ...(await chief.gets('/me')).json(), id: chief.id }
await run(`
  insert into users (id, email, first_name, last_name, birth_date)
  select uuidv7(), 'p' || n || case n % 50 when 0 then '@rare.example.org' else '@example.org' end, 'A', 'B', '1990-01-01'
  from generate_series(1, ${ACCOUNTS}) as n`)
await run(`
  with numbered as (select id, row_number() over () as n from users)
  insert into submissions (user_id, id, clouds, size, total, created_at)
  select numbered.id, uuidv7(), clouds, length(clouds), case when clouds like '%11%' then null else (length(clouds) - 1) / 2 + (length(clouds) - 1) % 2 end,
    now() - made.n * interval '4 minutes'
  from generate_series(1, ${SUBMISSIONS}) as made (n)
  join numbered on numbered.n = 1 + floor(power((made.n * 7919 % 10007) / 10007.0, 3) * ${ACCOUNTS})
  cross join lateral (select case when made.n % 4 = 0 then '0110' || repeat('0', made.n % 53) else repeat('0', 1 + made.n % 59) end as clouds) as board`)
await run(`
  insert into users (id, email, first_name, last_name, birth_date)
  select uuidv7(), 's' || n || '@silent.example.org', 'A', 'B', '1990-01-01' from generate_series(1, ${SILENT}) as n`)
await run(`
  insert into submissions (user_id, id, clouds, size, total, created_at)
  select id, uuidv7(), '00000', 5, 2 + n % 3, now() - interval '2 years' - n * interval '1 hour'
  from (select id, row_number() over (order by email) as n from users where email like '%@silent%') as silent
  where n % 50 = 0`)
await run('vacuum analyze users')
await run('vacuum analyze submissions')

const day = (ago: number) => Temporal.Now.plainDateISO('UTC').subtract({ days: ago }).toString()
const FILTERS: [what: string, filter: Partial<ListQuery>][] = [
  ['all', {}],
  ['solvable ones', { solvable: true }],
  ['blocked ones', { solvable: false }],
  ['those of nobody', { email: 'nobody@' }],
  ['those of one account', { email: 'p17@' }],
  ['those of eighty accounts', { email: '@rare' }],
  ['those of all accounts', { email: 'example' }],
  ['those of two thousand accounts that sent hardly anything', { email: '@silent' }],
  ['those of a day', { dateBegin: day(3), dateEnd: day(3) }],
  ['those of a year', { dateBegin: day(400), dateEnd: day(35) }],
  [
    'blocked ones of eighty accounts in a month',
    { email: '@rare', solvable: false, dateBegin: day(60), dateEnd: day(30) },
  ],
  ['those of many sizes', { minSize: 20, maxSize: 40 }],
  ['those of a size that few have', { minSize: 58 }],
  ['blocked ones of some sizes', { solvable: false, minSize: 30, maxSize: 33 }],
  ['those of some jumps', { minTotal: 5, maxTotal: 9 }],
  ['those of some sizes and jumps', { minSize: 10, maxSize: 30, minTotal: 8, maxTotal: 20 }],
  ['those of no board', { minSize: 20, maxTotal: 3 }],
  ['those of some sizes in a month', { minSize: 20, maxSize: 25, dateBegin: day(60), dateEnd: day(30) }],
  ['those of some sizes and eighty accounts', { minSize: 20, maxSize: 40, email: '@rare' }],
  ['those of many jumps and all accounts', { minTotal: 5, email: 'example' }],
  ['those of sizes that hardly any blocked board has', { minSize: 50, maxSize: 58 }],
]

for (const [n, [what, filter]] of FILTERS.entries()) {
  test(`${what}: no order reads or sorts the table, on the first page, a later one or by cursor`, async () => {
    for (const [key, sortBy] of SORT_KEYS.entries()) {
      // An index is read either way alike: each order is looked at one way with one filter, the other way with the next.
      const query: ListQuery = { ...filter, sortBy, sort: (n + key) % 2 ? 'asc' : 'desc' }
      const { nextCursor } = await looksAt(query)
      await looksAt({ ...query, page: 40 })
      if (nextCursor !== null) await looksAt({ ...query, cursor: nextCursor })
    }
  })
}

for (const [what, filter, condition] of [
  ['of very many accounts that hardly sent any, and long ago', { email: '@silent' }, "email like '%@silent%'"],
  ['of many sizes', { minSize: 20, maxSize: 40 }, 'size between 20 and 40'],
  ['of sizes that no blocked board has', { minSize: 57 }, 'size >= 57'],
  ['of sizes that every kind has', { minSize: 50 }, 'size >= 50'],
  ['of many jumps', { minTotal: 5 }, 'total >= 5'],
  [
    'of some sizes and jumps, and many accounts',
    { minSize: 10, maxTotal: 9, email: '@example' },
    "size >= 10 and total <= 9 and email like '%@example%'",
  ],
] as [string, Partial<ListQuery>, string][]) {
  test(`rows ${what}, stand in every order, by cursor too`, async () => {
    const asked = readFilter(filter, chiefs)
    const columns = { createdAt: 's.created_at', email: 'email', size: 'size', total: 'coalesce(total, 10000)' }
    const [{ count }] = await run(`
      select count(*)::integer from submissions s join users u on u.id = user_id where ${condition}`)
    for (const sortBy of SORT_KEYS) {
      for (const sort of ['asc', 'desc'] as const) {
        const query: ListQuery = { sortBy, sort, pageSize: 100 }
        const first = await listPage(api.database, asked, query)
        const { nextCursor: cursor } = first
        const next = cursor === null ? [] : (await listPage(api.database, asked, { ...query, cursor })).items
        const rows = await run(`
          select s.id from submissions s join users u on u.id = user_id where ${condition}
          order by ${columns[sortBy]} ${sort}, s.created_at ${sort}, s.id ${sort} limit 200`)
        const listed = [...first.items, ...next].map(({ id }) => ({ id }))
        assert.deepEqual(listed, rows, `${sortBy} ${sort}`)
        if (first.totalIsExact) assert.equal(first.total, count)
        else assert(Math.abs(first.total - count) < count * 0.3, `${first.total} of ${count}`)
      }
    }
  })
}

test('nor does that of one person’s own', async () => {
  const [most] = await run('select user_id as id from submissions group by 1 order by count(*) desc limit 1')
  for (const sortBy of SORT_KEYS) await looksAt({ sortBy }, { ...chiefs, id: most.id, role: 'user' })
})

/** Lists, and looks at the plan of each statement that this takes. */
async function looksAt(query: ListQuery, account: Account = chiefs) {
  const watched: Database = {
    ...api.database,
    async query(statement) {
      if (!statement.sql.startsWith('explain')) {
        const [row] = await api.database.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
          sql`explain (analyze, timing off, format json) ${statement}`,
        )
        const said = `${JSON.stringify(query)}\n${statement.sql}\n${JSON.stringify(row)}`
        const nodes = nodesOf(row?.['QUERY PLAN'][0].Plan as Node)
        const scans = nodes.filter((node) => node['Relation Name'] === 'submissions')
        assert(!scans.some((node) => node['Node Type'] === 'Seq Scan'), said)
        assert(scans.reduce((sum, node) => sum + rowsOf(node), 0) <= MOST_READ, said)
        assert(!nodes.some((node) => node['Node Type'] === 'Sort' && rowsOf(node) > MOST_SORTED), said)
      }
      return await api.database.query(statement)
    },
  }
  return await listPage(watched, readFilter(query, account), query)
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}

function rowsOf(node: Node): number {
  return node['Actual Rows'] * node['Actual Loops']
}
