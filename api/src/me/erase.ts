import sql from 'sql-template-tag'
import type { Account } from '../plugins/accounts.ts'
import type { Database } from '../plugins/database.ts'

/** Erases an account, its submissions (by cascade) and the sign-ins that wait for a code to its address. */
export async function erase(database: Database, { id, email }: Account): Promise<void> {
  await database.transaction(async (query) => {
    await query(sql`delete from codes where email = ${email}`)
    await query(sql`delete from users where id = ${id}`)
  })
}
