import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { emailContains, type Filter } from '../filter.ts'

/**
 * Whose submissions a filter is about. It decides how they are found: a few accounts' each by its own index,
 * everybody's by the index of the order, and those of very many by looking at everybody's and passing over the others,
 * as long as that is worth it.
 */
export type Owners = { kind: 'everybody' } | SomeOwners
export type SomeOwners = { kind: 'few'; userIds: string[] } | { kind: 'many'; email: string }

/**
 * Up to so many accounts each are looked up. At ten million submissions of a hundred thousand accounts both ways
 * cost the same there: four pages of an index an account, against a hundred rows passed over for each that matches.
 */
const FEW = 1_000

/** Accounts of the sample that tells whether many match. */
const SAMPLE = 500

/** The accounts of a filter; an index of three-letter parts finds those of an email part. */
export async function ownersOf(database: Database, { userId, email }: Filter): Promise<Owners> {
  if (email === undefined) return userId === undefined ? { kind: 'everybody' } : { kind: 'few', userIds: [userId] }
  if (userId === undefined && (await areSurelyMany(database, email))) return { kind: 'many', email }
  const among = userId === undefined ? sql`true` : sql`u.id = ${userId}`
  // Materialized, that the planner should not expect to find a thousand soon and read the table for it.
  const found = await database.query<{ id: string }>(sql`
    with matching as materialized (select u.id from users u where ${emailContains(email)} and ${among})
    select id from matching limit ${FEW + 1}`)
  if (found.length > FEW) return { kind: 'many', email }
  return { kind: 'few', userIds: found.map(({ id }) => id) }
}

/** Whether a sample shows that a good part of all accounts match: to find so many by the index takes longer than the page. */
async function areSurelyMany(database: Database, email: string): Promise<boolean> {
  const [row] = await database.query<{ share: number | null; accounts: number }>(sql`
    select avg((${emailContains(email)})::integer)::float8 as share,
      (select reltuples from pg_class where oid = 'users'::regclass) as accounts
    from (select u.email from users u limit ${SAMPLE}) u`)
  return row !== undefined && (row.share ?? 0) * row.accounts > 2 * FEW
}

/** Gives the `id` of each of these accounts. */
export function ownerIds(owners: SomeOwners): Sql {
  if (owners.kind === 'few') return sql`select id from unnest(${owners.userIds}::uuid[]) as id`
  return sql`select u.id from users u where ${emailContains(owners.email)}`
}
