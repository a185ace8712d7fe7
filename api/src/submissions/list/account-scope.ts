import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../database/database.ts'
import { emailContains, type Filter } from '../filter.ts'

/**
 * Whose submissions a filter selects, which decides how they are found: those of some accounts through the index by
 * account, everybody's through the index of the order. If very many addresses match an email part, everybody's rows are
 * read and others skipped, as long as that is faster.
 */
export type AccountScope = { kind: 'everybody' } | SomeAccounts
export type SomeAccounts = { kind: 'accounts'; userIds: string[] } | EmailScope
export type EmailScope = { kind: 'email'; part: string }

/**
 * Up to this many accounts are looked up one by one. That is the break-even at ten million submissions of a hundred
 * thousand accounts: four index pages an account, against a hundred rows skipped for each match.
 */
const MAX_LOOKED_UP = 1_000

/** Accounts in the sample that shows whether many match. */
const SAMPLE_SIZE = 500

/** Finds the accounts of a filter; those of an email part through a trigram index. */
export async function accountScope(
  database: Pick<Database, 'query'>,
  { userId, email }: Filter,
): Promise<AccountScope> {
  if (email === undefined) {
    return userId === undefined ? { kind: 'everybody' } : { kind: 'accounts', userIds: [userId] }
  }
  if (userId === undefined && (await isCommon(database, email))) return { kind: 'email', part: email }
  const isVisible = userId === undefined ? sql`true` : sql`u.id = ${userId}`
  // Materialized, because the planner would expect to find a thousand early and read the table.
  const found = await database.query<{ id: string }>(sql`
    with matching as materialized (select u.id from users u where ${emailContains(email)} and ${isVisible})
    select id from matching limit ${MAX_LOOKED_UP + 1}`)
  if (found.length > MAX_LOOKED_UP) return { kind: 'email', part: email }
  return { kind: 'accounts', userIds: found.map(({ id }) => id) }
}

/** Whether a sample shows that very many accounts match: finding all of them would take longer than the page itself. */
async function isCommon(database: Pick<Database, 'query'>, email: string): Promise<boolean> {
  const [row] = await database.query<{ share: number | null; accounts: number }>(sql`
    select avg((${emailContains(email)})::integer)::float8 as share,
      (select reltuples from pg_class where oid = 'users'::regclass) as accounts
    from (select u.email from users u limit ${SAMPLE_SIZE}) u`)
  return row !== undefined && (row.share ?? 0) * row.accounts > 2 * MAX_LOOKED_UP
}

/** A statement that selects the `id` of each of these accounts. */
export function accountIds(scope: SomeAccounts): Sql {
  if (scope.kind === 'accounts') return sql`select id from unnest(${scope.userIds}::uuid[]) as id`
  return sql`select u.id from users u where ${emailContains(scope.part)}`
}
