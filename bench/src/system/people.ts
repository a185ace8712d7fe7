import { randomUUIDv7 } from 'node:crypto'
import type { Session } from '@jotc/core/api/account'
import type { Details } from '@jotc/core/person'
import { withClient } from '@jotc/testing/servers/database'
import { ask } from '@jotc/testing/service/client'

/** How many people sign in at the same moment. */
const AT_ONCE = 8

export type Person = Details & { id: string }

/** Invented people; the same number is the same person, but for the id. */
export function people(count: number): Person[] {
  return Array.from({ length: count }, (_, number) => ({
    id: randomUUIDv7(),
    email: `person-${number}@example.org`,
    firstName: 'Mira',
    lastName: `Okafor ${'abcdefghij'[number % 10]}`,
    birthDate: '1990-05-09',
  }))
}

/** Makes their accounts; the first is an administrator. */
export async function makeAccounts(databaseUrl: string, accounts: readonly Person[]): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(
      `insert into users (id, email, first_name, last_name, birth_date, role)
       select (person->>'id')::uuid, person->>'email', person->>'firstName', person->>'lastName',
         (person->>'birthDate')::date, case number when 1 then 'admin' else 'user' end
       from json_array_elements($1) with ordinality as each (person, number)`,
      [JSON.stringify(accounts)],
    )
    await client.query('vacuum analyze users')
  })
}

/** What people sign in by. */
export function detailsOf({ id: _, ...details }: Person): Details {
  return details
}

/** Signs people in, several at the same moment. @param bodyOf whom a service is asked to sign in @returns their tokens */
export async function signIn(
  url: string,
  accounts: readonly Person[],
  bodyOf: (person: Person) => object = detailsOf,
): Promise<string[]> {
  const tokens: string[] = []
  const waiting = accounts.entries()
  const one = async () => {
    for (const [number, person] of waiting) {
      tokens[number] = (await ask<Pick<Session, 'token'>>(`${url}/login`, { body: bodyOf(person) })).token
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return tokens
}
