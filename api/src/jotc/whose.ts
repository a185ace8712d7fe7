import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../plugins/database.ts'
import { type Filter, hasPart } from './filter.ts'

/**
 * Whose submissions a filter is about. It decides how they are found: a few accounts' each by its own index,
 * everybody's by the index of the order, and those of very many by looking at everybody's and passing over the others,
 * as long as that is worth it.
 */
export type Whose = { who: 'everybody' } | SomeAccounts
export type SomeAccounts = { who: 'few'; userIds: string[] } | { who: 'many'; email: string }

/**
 * Up to so many accounts each are looked up. At ten million submissions of a hundred thousand accounts both ways
 * cost the same there: four pages of an index an account, against a hundred rows passed over for each that matches.
 */
const FEW = 1_000

/** Accounts that are looked at first. */
const SOME = 500

/** The accounts of a filter; an index of three-letter parts finds those of an email part. */
export async function whoseOf(database: Database, { userId, email }: Filter): Promise<Whose> {
  if (email === undefined) return userId === undefined ? { who: 'everybody' } : { who: 'few', userIds: [userId] }
  if (userId === undefined && (await areSurelyMany(database, email))) return { who: 'many', email }
  const among = userId === undefined ? sql`true` : sql`u.id = ${userId}`
  // Materialized, that the planner should not expect to find a thousand soon and read the table for it.
  const found = await database.query<{ id: string }>(sql`
    with matching as materialized (select u.id from users u where ${hasPart(email)} and ${among})
    select id from matching limit ${FEW + 1}`)
  if (found.length > FEW) return { who: 'many', email }
  return { who: 'few', userIds: found.map(({ id }) => id) }
}

/** Where a good part of all is meant, some tell: to find so many by the index takes longer than the page. */
async function areSurelyMany(database: Database, email: string): Promise<boolean> {
  const [row] = await database.query<{ share: number | null; accounts: number }>(sql`
    select avg((${hasPart(email)})::integer)::float8 as share,
      (select reltuples from pg_class where oid = 'users'::regclass) as accounts
    from (select u.email from users u limit ${SOME}) u`)
  return row !== undefined && (row.share ?? 0) * row.accounts > 2 * FEW
}

/** Gives the `id` of each of these accounts. */
export function idsOf(whose: SomeAccounts): Sql {
  if (whose.who === 'few') return sql`select id from unnest(${whose.userIds}::uuid[]) as id`
  return sql`select u.id from users u where ${hasPart(whose.email)}`
}
