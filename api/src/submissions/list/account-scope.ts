import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { emailContains, type Filter } from '../filter.ts'

/**
 * Whose submissions a filter is about. It decides how they are found: those of some accounts by each account's own
 * index, everybody's by the index of the order; where very many addresses have the part, everybody's are read and the
 * others skipped, as long as that pays.
 */
export type AccountScope = { kind: 'everybody' } | SomeAccounts
export type SomeAccounts = { kind: 'accounts'; userIds: string[] } | EmailScope
export type EmailScope = { kind: 'email'; part: string }

/**
 * Up to this many accounts are each looked up. At ten million submissions of a hundred thousand accounts both ways
 * cost the same there: four index pages an account, against a hundred skipped rows for each that matches.
 */
const MAX_LOOKED_UP = 1_000

/** Accounts in the sample that shows whether many match. */
const SAMPLE_SIZE = 500

/** The accounts of a filter; a trigram index finds those of an email part. */
export async function accountScope(
  database: Pick<Database, 'query'>,
  { userId, email }: Filter,
): Promise<AccountScope> {
  if (email === undefined) {
    return userId === undefined ? { kind: 'everybody' } : { kind: 'accounts', userIds: [userId] }
  }
  if (userId === undefined && (await isSurelyCommon(database, email))) return { kind: 'email', part: email }
  const isVisible = userId === undefined ? sql`true` : sql`u.id = ${userId}`
  // Materialized: otherwise the planner expects to meet a thousand soon, and reads the table.
  const found = await database.query<{ id: string }>(sql`
    with matching as materialized (select u.id from users u where ${emailContains(email)} and ${isVisible})
    select id from matching limit ${MAX_LOOKED_UP + 1}`)
  if (found.length > MAX_LOOKED_UP) return { kind: 'email', part: email }
  return { kind: 'accounts', userIds: found.map(({ id }) => id) }
}

/** Whether a sample shows that many accounts match: finding them all by the index would take longer than the page. */
async function isSurelyCommon(database: Pick<Database, 'query'>, email: string): Promise<boolean> {
  const [row] = await database.query<{ share: number | null; accounts: number }>(sql`
    select avg((${emailContains(email)})::integer)::float8 as share,
      (select reltuples from pg_class where oid = 'users'::regclass) as accounts
    from (select u.email from users u limit ${SAMPLE_SIZE}) u`)
  return row !== undefined && (row.share ?? 0) * row.accounts > 2 * MAX_LOOKED_UP
}

/** Selects the `id` of each of these accounts. */
export function accountIds(scope: SomeAccounts): Sql {
  if (scope.kind === 'accounts') return sql`select id from unnest(${scope.userIds}::uuid[]) as id`
  return sql`select u.id from users u where ${emailContains(scope.part)}`
}
