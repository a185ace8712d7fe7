import type { Role } from '@jotc/core/api/account'
import type { UserQuery, UserSortKey, UserSummary } from '@jotc/core/api/users'
import { emailPart } from '@jotc/core/person/email'
import { foldName } from '@jotc/core/person/name'
import sql, { join, type Sql } from 'sql-template-tag'
import { ACCOUNT_COLUMNS, type Account, isOnlyAdministrator, removeSubmissionsOf } from '../auth/accounts.ts'
import { containing, type Database } from '../database/database.ts'
import { HttpError } from '../http/errors.ts'

type Order = { sortBy: UserSortKey; sort: 'asc' | 'desc' }

const COLUMNS: Record<UserSortKey, Sql[]> = {
  createdAt: [sql`created_at`],
  email: [sql`email`],
  name: [sql`fold_name(last_name)`, sql`fold_name(first_name)`],
  submissions: [sql`submissions`],
}

/** Accounts, as administrators see and change them. */
export function userRepository(database: Database) {
  return {
    async list(query: UserQuery, order: Order, offset: number, limit: number): Promise<UserSummary[]> {
      const page = sql`order by ${orderBy(order)} limit ${limit} offset ${offset}`
      return await database.query<UserSummary>(
        order.sortBy === 'submissions' ? sortedByCount(query, page) : countedOnPage(query, page, order),
      )
    },

    async count(query: UserQuery): Promise<number> {
      const [row] = await database.query<{ total: number }>(sql`
        select count(*) as total from users where ${matches(query)}`)
      return row?.total ?? 0
    },

    /**
     * Changes the role of an account. Administrators who demote each other at once leave one.
     *
     * @returns the account as it is now and its previous role, or `undefined` if there is none
     * @throws {HttpError} `last-administrator` if no administrator would be left
     */
    async setRole(id: string, role: Role): Promise<{ account: Account; roleBefore: Role } | undefined> {
      return await database.transaction(async (query) => {
        const isOnly = await isOnlyAdministrator(query, id)
        const [known] = await query<Account>(sql`select ${ACCOUNT_COLUMNS} from users where id = ${id} for update`)
        if (!known || known.role === role) return known && { account: known, roleBefore: role }
        if (isOnly) {
          throw new HttpError('last-administrator', 'This is the only administrator. Make someone else one first.')
        }
        await query(sql`update users set role = ${role} where id = ${id}`)
        return { account: { ...known, role }, roleBefore: known.role }
      })
    },

    /** @returns how many there were, or `undefined` if there is no such account */
    async removeSubmissions(id: string): Promise<number | undefined> {
      const [account] = await database.query(sql`select from users where id = ${id}`)
      return account ? await removeSubmissionsOf(database, id) : undefined
    },
  }
}

// The number of an account's submissions is its stored sum plus the rows of days that are not summed up yet. One
// statement reads both, so a day that is summed up in the meantime is counted once.

/** A page in the order of the counts, which are computed for everybody. */
function sortedByCount(query: UserQuery, page: Sql): Sql {
  return sql`
    select ${ACCOUNT_COLUMNS}, coalesce(summed, 0) + coalesce(recent, 0) as submissions
    from users
    left join (select user_id, solvable + blocked as summed from submission_accounts) as sums on sums.user_id = id
    left join (
      select user_id, count(*) as recent from submissions where created_at >= summed_until() group by user_id
    ) as rest on rest.user_id = id
    where ${matches(query)}
    ${page}`
}

/** A page in another order: only its own accounts are counted. */
function countedOnPage(query: UserQuery, page: Sql, order: Order): Sql {
  return sql`
    select ${ACCOUNT_COLUMNS},
      coalesce((select solvable + blocked from submission_accounts where user_id = users.id), 0)
        + (select count(*) from submissions where user_id = users.id and created_at >= summed_until()) as submissions
    from (select * from users where ${matches(query)} ${page}) as users
    order by ${orderBy(order)}`
}

function matches({ search, role }: UserQuery): Sql {
  const conditions = [sql`true`]
  if (search !== undefined) {
    conditions.push(sql`(
      email like ${containing(emailPart(search))}
      or fold_name(first_name || ' ' || last_name) like ${containing(foldName(search))}
    )`)
  }
  if (role !== undefined) conditions.push(sql`role = ${role}`)
  return join(conditions, ' and ')
}

/** Ends with the id, so that every account has one position. */
function orderBy({ sortBy, sort }: Order): Sql {
  const columns = [...COLUMNS[sortBy], sql`id`]
  return join(columns.map((column) => (sort === 'asc' ? sql`${column} asc` : sql`${column} desc`)))
}
