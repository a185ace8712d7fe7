import sql from 'sql-template-tag'
import type { Query } from '../database/database.ts'

/**
 * The ids of all administrators, locked until the transaction ends: of those who take the role from one another, or
 * erase themselves, at the same moment, each sees what the one before has left.
 */
export async function lockAdministrators(query: Query): Promise<string[]> {
  // In one order for all, so that nobody waits for somebody who waits for them.
  const admins = await query<{ id: string }>(sql`select id from users where role = 'admin' order by id for update`)
  return admins.map(({ id }) => id)
}
