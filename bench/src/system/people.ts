import type { Session } from '@jotc/core/api/account'
import type { Details } from '@jotc/core/person'
import { withClient } from '@jotc/testing/servers/database'
import { ask } from '@jotc/testing/service/client'

/** How many people sign in at the same moment. */
const AT_ONCE = 8

/** Invented people; the same number is the same person. */
export function people(count: number): Details[] {
  return Array.from({ length: count }, (_, number) => ({
    email: `person-${number}@example.org`,
    firstName: 'Mira',
    lastName: `Okafor ${'abcdefghij'[number % 10]}`,
    birthDate: '1990-05-09',
  }))
}

/** Makes their accounts; the first is an administrator. */
export async function makeAccounts(databaseUrl: string, accounts: readonly Details[]): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(
      `insert into users (id, email, first_name, last_name, birth_date, role)
       select uuidv7(), person->>'email', person->>'firstName', person->>'lastName', (person->>'birthDate')::date,
         case number when 1 then 'admin' else 'user' end
       from json_array_elements($1) with ordinality as each (person, number)`,
      [JSON.stringify(accounts)],
    )
    await client.query('vacuum analyze users')
  })
}

/** Signs people in, several at the same moment. @returns their tokens */
export async function signIn(url: string, accounts: readonly Details[]): Promise<string[]> {
  const tokens: string[] = []
  const waiting = accounts.entries()
  const one = async () => {
    for (const [number, body] of waiting) {
      tokens[number] = (await ask<Pick<Session, 'token'>>(`${url}/login`, { body })).token
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return tokens
}
