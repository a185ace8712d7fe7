import type { Role } from '@jotc/core/api/account'
import type { UserQuery, UserSortKey, UserSummary } from '@jotc/core/api/users'
import sql, { join, type Sql } from 'sql-template-tag'
import { ACCOUNT_COLUMNS, type Account } from '../auth/accounts.ts'
import { lockAdministrators } from '../auth/administrators.ts'
import type { Database } from '../database/database.ts'
import { HttpError } from '../http/errors.ts'

type Order = { sortBy: UserSortKey; sort: 'asc' | 'desc' }

const COLUMNS: Record<UserSortKey, Sql[]> = {
  createdAt: [sql`created_at`],
  email: [sql`email`],
  name: [sql`lower(last_name)`, sql`lower(first_name)`],
  submissions: [sql`submissions`],
}

/** The accounts as administrators see and change them. */
export function userRepository(database: Database, readDatabase: Database) {
  return {
    async list(query: UserQuery, order: Order, offset: number, size: number): Promise<UserSummary[]> {
      const counted = sql`(select count(*) from submissions where user_id = users.id)`
      // Sorted by their counts all are counted; otherwise only those of the page.
      const [inner, outer] = order.sortBy === 'submissions' ? [counted, sql`submissions`] : [sql`null`, counted]
      return await readDatabase.query<UserSummary>(sql`
        select ${ACCOUNT_COLUMNS}, ${outer} as submissions
        from (
          select users.*, ${inner} as submissions from users
          where ${matches(query)}
          order by ${orderBy(order)}
          limit ${size} offset ${offset}
        ) as users
        order by ${orderBy(order)}`)
    },

    async count(query: UserQuery): Promise<number> {
      const [row] = await readDatabase.query<{ total: number }>(sql`
        select count(*) as total from users where ${matches(query)}`)
      return row?.total ?? 0
    },

    /**
     * Gives an account a role. Of administrators who take the role from one another at once, one stays.
     *
     * @returns the account as it is now and the role it had, or `undefined` when there is none
     * @throws {HttpError} when it would leave no administrator
     */
    async setRole(id: string, role: Role): Promise<{ account: Account; before: Role } | undefined> {
      return await database.transaction(async (query) => {
        const admins = await lockAdministrators(query)
        const isAdmin = admins.includes(id)
        if (isAdmin && role !== 'admin' && admins.length === 1) {
          throw new HttpError('last-administrator', 'This is the only administrator. Make someone else one first.')
        }
        const [account] = await query<Account>(sql`
          update users set role = ${role} where id = ${id} returning ${ACCOUNT_COLUMNS}`)
        return account && { account, before: isAdmin ? 'admin' : 'user' }
      })
    },

    /** @returns how many there were, or `undefined` when there is no such account */
    async removeSubmissions(id: string): Promise<number | undefined> {
      const [row] = await database.query<{ removed: number; exists: boolean }>(sql`
        with removed as (delete from submissions where user_id = ${id} returning 1)
        select (select count(*) from removed) as removed, exists (select from users where id = ${id}) as exists`)
      return row?.exists ? row.removed : undefined
    },
  }
}

function matches({ search, role }: UserQuery): Sql {
  const conditions = [sql`true`]
  if (search !== undefined) {
    // `%`, `_` and `\` in a search are just characters.
    const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`
    conditions.push(sql`(email like lower(${part}) or lower(first_name || ' ' || last_name) like lower(${part}))`)
  }
  if (role !== undefined) conditions.push(sql`role = ${role}`)
  return join(conditions, ' and ')
}

/** It ends with the id, so that every account has one place. */
function orderBy({ sortBy, sort }: Order): Sql {
  const columns = [...COLUMNS[sortBy], sql`id`]
  return join(columns.map((column) => (sort === 'asc' ? sql`${column} asc` : sql`${column} desc`)))
}
