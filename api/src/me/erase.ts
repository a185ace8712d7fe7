import sql from 'sql-template-tag'
import type { Account } from '../auth/accounts.ts'
import { lockAdministrators } from '../auth/administrators.ts'
import type { Database, Query } from '../database/database.ts'
import { HttpError } from '../http/errors.ts'

/**
 * Erases an account, its submissions (by cascade) and the sign-ins that wait for a code to its address.
 *
 * @throws {HttpError} when others would be left without an administrator
 */
export async function erase(database: Database, { id, email }: Account): Promise<void> {
  await database.transaction(async (query) => {
    const [admin, ...more] = await lockAdministrators(query)
    if (admin === id && more.length === 0 && (await hasOthers(query, id))) {
      const detail = 'You are the only administrator. Make someone else one, then erase your account.'
      throw new HttpError('last-administrator', detail)
    }
    await query(sql`delete from codes where email = ${email}`)
    await query(sql`delete from users where id = ${id}`)
  })
}

async function hasOthers(query: Query, id: string): Promise<boolean> {
  const [others] = await query<{ exist: boolean }>(sql`
    select exists (select from users where id <> ${id}) as exist`)
  return others?.exist === true
}
