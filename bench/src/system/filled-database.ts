import type { Details } from '@jotc/core/person'
import { withClient } from '@jotc/testing/servers/database'
import type pg from 'pg'
import { boards } from './boards.ts'

const BOARDS = 5000
const AT_ONCE = 250_000
/** Submissions an account has on average. */
const EACH = 100

/** Domains of the addresses, by how many of a hundred people have one there. */
const DOMAIN = `case when n % 100 < 60 then 'example.org' when n % 100 < 95 then 'example.com' else 'example.net' end`

/**
 * Fills a database with invented accounts and their submissions of 18 months, a hundred each on average: some people
 * send many, most a few; one account is an administrator. The boards are real ones with real answers. Indexes are made
 * after the rows, which takes a fraction of the time.
 *
 * @param databaseUrl of a database with the schema and nothing else
 * @returns the administrator
 */
export async function fill(databaseUrl: string, rows: number, say: (line: string) => void): Promise<Details> {
  return await withClient(databaseUrl, async (client) => {
    const accounts = Math.max(10, Math.round(rows / EACH))
    const { rows: administrators } = await client.query<Details>(
      `with made as (
         insert into users (id, email, first_name, last_name, birth_date, role, created_at)
         select uuidv7(interval '-18 months' - interval '1 day'), 'p' || n || '.' || substr(md5(n::text), 1, 6) || '@' || ${DOMAIN},
           'Mira', 'Okafor', date '1990-05-09', case n when 0 then 'admin' else 'user' end, now() - interval '18 months'
         from generate_series(0, $1::integer - 1) as n
         returning *
       )
       select email, first_name as "firstName", last_name as "lastName", birth_date::text as "birthDate"
       from made where role = 'admin'`,
      [accounts],
    )
    await client.query(`
      create temp table numbered as select row_number() over (order by email) - 1 as n, id from users;
      create unique index on numbered (n);
      analyze numbered`)
    await insertBoards(client)
    const restore = await withoutIndexes(client)
    for (let begin = 0; begin < rows; begin += AT_ONCE) {
      const end = Math.min(rows, begin + AT_ONCE)
      await insertRows(client, { begin, end, rows, accounts })
      say(`filled ${end.toLocaleString('en')} of ${rows.toLocaleString('en')} submissions`)
    }
    await restore(say)
    await client.query('vacuum (analyze)')
    await client.query('checkpoint')
    return administrators[0] as Details
  })
}

/** A number for a hash of `n`, evenly in [0, 1): the same rows in the same order for every fill. */
const chance = (salt: number) => `((hashint8extended(n, ${salt}) & 1048575) / 1048576::float8)`

async function insertRows(
  client: pg.Client,
  { begin, end, rows, accounts }: { begin: number; end: number; rows: number; accounts: number },
): Promise<void> {
  await client.query(
    `insert into submissions (user_id, id, clouds, size, total, created_at)
     select numbered.id, uuidv7(sent.at - now()), board.clouds, length(board.clouds), board.total, sent.at
     from (
       select n, date_trunc('milliseconds', now() - interval '18 months' * (1 - n::float8 / $3::float8)) as at,
         floor(${chance(1)} ^ 2 * $4::float8)::bigint as person, floor(${chance(2)} * ${BOARDS})::integer as board
       from generate_series($1::bigint, $2::bigint - 1) as n
     ) as sent
     join numbered on numbered.n = sent.person
     join boards as board on board.number = sent.board`,
    [begin, end, rows, accounts],
  )
}

async function insertBoards(client: pg.Client): Promise<void> {
  const samples = boards(BOARDS)
  await client.query('create temp table boards (number integer primary key, clouds text, total integer)')
  await client.query(
    `insert into boards select number - 1, clouds, total
     from unnest($1::text[], $2::integer[]) with ordinality as board (clouds, total, number)`,
    [samples.map(({ clouds }) => clouds), samples.map(({ total }) => total)],
  )
  await client.query('analyze boards')
}

/** Drops the indexes of submissions that are no constraint's. @returns makes them again */
async function withoutIndexes(client: pg.Client): Promise<(say: (line: string) => void) => Promise<void>> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = 'submissions'::regclass
       and not exists (select from pg_constraint where conindid = indexrelid)`,
  )
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return async (say) => {
    await client.query(`set maintenance_work_mem = '512MB'`)
    for (const { name, definition } of rows) {
      say(`making index ${name}`)
      await client.query(definition)
    }
  }
}
