import { randomUUIDv7 } from 'node:crypto'
import type { Session } from '@jotc/core/api/account'
import type { Details } from '@jotc/core/person'
import { openConnections, request } from '../measure/connection.ts'
import { withClient } from './postgres.ts'

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
       select id, email, first_name, last_name, birth_date, case number when 1 then 'admin' else 'user' end
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::date[])
         with ordinality as person (id, email, first_name, last_name, birth_date, number)`,
      [
        accounts.map(({ id }) => id),
        accounts.map(({ email }) => email),
        accounts.map(({ firstName }) => firstName),
        accounts.map(({ lastName }) => lastName),
        accounts.map(({ birthDate }) => birthDate),
      ],
    )
    await client.query('vacuum analyze users')
  })
}

/** The requests by which people sign in. */
export function signIns(accounts: readonly Person[]): Buffer[] {
  return accounts.map(({ id: _, ...details }) => request('POST', '/login', { body: details }))
}

/** Signs people in. @returns their tokens */
export async function signIn(port: number, accounts: readonly Person[]): Promise<string[]> {
  return await tokensFor(port, signIns(accounts))
}

/** Tokens of the plain service for the same people. */
export async function plainTokens(port: number, accounts: readonly Person[]): Promise<string[]> {
  return await tokensFor(
    port,
    accounts.map(({ id }) => request('POST', '/login', { body: { id } })),
  )
}

async function tokensFor(port: number, requests: readonly Buffer[]): Promise<string[]> {
  const connections = await openConnections(port, AT_ONCE)
  const tokens: string[] = []
  const waiting = requests.entries()
  await Promise.all(
    connections.map(async (connection) => {
      for (const [number, request] of waiting) {
        const { status, body } = await connection.ask(request)
        if (status !== 200) throw new Error(`Signing in was answered with ${status}: ${body}`)
        tokens[number] = (JSON.parse(body.toString()) as Pick<Session, 'token'>).token
      }
    }),
  )
  for (const connection of connections) connection.close()
  return tokens
}
