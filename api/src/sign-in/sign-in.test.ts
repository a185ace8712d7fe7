import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { logOf } from '@jotc/testing/service/log'
import { detailsOf, jsonOf, problemOf, signIn, system, wrongFields } from '@jotc/testing/service/system'

const { api, sql } = await system({ after })

const login = (body: unknown) =>
  api.inject({
    method: 'POST',
    url: '/login',
    headers: { 'content-type': 'application/json' },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })
let people = 0
const somebody = () => detailsOf(`person${++people}`)
const accountsOf = (email: string) => sql('select * from users where email = $1', [email])

test('signing in gives a token, its end, and the account', async () => {
  const details = somebody()
  const { token, expiresAt, user } = jsonOf(await login(details), 200)
  assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/)
  assert.ok(Date.parse(expiresAt) > Date.now())
  assert.partialDeepStrictEqual(user, details)
  assert.match(user.id, /^[0-9a-f-]{14}7/)
})

test('every wrong field is named at once, unknown ones too, and nothing is stored', async () => {
  const answer = await login({ email: 'nobody', firstName: '', birthDate: '2020-01-01', admin: true })
  assert.deepEqual(wrongFields(answer), ['email', 'firstName', 'lastName', 'birthDate', 'admin'])
  assert.equal((await accountsOf('nobody')).length, 0)
})

test('a body that is no object, or none, is refused', async () => {
  for (const body of ['null', '[]', '"ana"']) assert.deepEqual(wrongFields(await login(body)), ['body'])
  assert.deepEqual(wrongFields(await api.inject({ method: 'POST', url: '/login' })), ['body'])
})

for (const other of [{ firstName: 'Other' }, { lastName: 'Other' }, { birthDate: '1990-05-10' }]) {
  test(`a known email with another ${Object.keys(other)} is refused without saying which detail differs`, async () => {
    const details = somebody()
    await signIn(api, details)
    const problem = problemOf(await login({ ...details, ...other }), 401)
    assert.equal(problem.detail, 'These details do not match our records. Check each of them.')
  })
}

test('of many first sign-ins at once each address makes one account, and one of all becomes the administrator', async (t) => {
  const fresh = await system(t)
  const everybody = await Promise.all(Array.from({ length: 60 }, (_, n) => fresh.person(`first${n % 6}`)))
  assert.equal(new Set(everybody.map(({ id }) => id)).size, 6)
  const roles = (await fresh.sql('select role from users order by role')).map(({ role }) => role)
  assert.deepEqual(roles, ['admin', ...Array(5).fill('user')])
})

test('in production the first account is nobody special; one of ADMIN_EMAILS is, also when it is older, with one audit line', async (t) => {
  const fresh = await system(t, { APP_ENV: 'production' })
  const first = await fresh.person('first')
  assert.equal((await first.gets('/me')).json().role, 'user')
  await fresh.person('chief')
  const later = await system(t, { ADMIN_EMAILS: ['Chief@Example.org'], DATABASE_URL: fresh.databaseUrl })
  const { audits } = logOf(later.api)
  const chief = await later.person('chief')
  assert.equal((await chief.gets('/me')).json().role, 'admin')
  assert.deepEqual(audits(), [['role changed', chief.id, chief.id, 'user', 'admin']])
  await later.person('chief')
  await later.person('first')
  assert.equal(audits().length, 1)

  await fresh.sql('delete from users')
  const { id } = await later.person('another')
  assert.deepEqual(audits().at(-1), ['role changed', id, id, undefined, 'admin'])
})

test('an account that somebody else makes and erases in the middle of a sign-in is made anew', async (t) => {
  const fresh = await system(t)
  const details = somebody()
  // Another sign-in of the same address, between our look and our insert; it is erased before we look again.
  await fresh.sql(`
    create table pending as select 1 as row;
    create function make() returns trigger language plpgsql as $$
    begin
      if exists (select from pending) then
        insert into users (id, email, first_name, last_name, birth_date)
        values (uuidv7(), '${details.email}', 'Other', 'Person', '1980-01-01');
      end if;
      return null;
    end $$;
    create function erase() returns trigger language plpgsql as $$
    begin
      if exists (select from pending) then
        delete from pending;
        delete from users where email = '${details.email}';
      end if;
      return null;
    end $$;
    create trigger before before insert on users
      for each statement when (pg_trigger_depth() = 0) execute function make();
    create trigger after after insert on users
      for each statement when (pg_trigger_depth() = 0) execute function erase();`)
  const person = await signIn(fresh.api, details)
  assert.equal((await person.gets('/me')).json().firstName, details.firstName)
})

test('an address and names of the greatest length, of any script and sign, are kept unchanged', async () => {
  const family = '👨‍👩‍👧‍👦'
  const domain = Array(3).fill('d'.repeat(60)).join('.')
  for (const detail of [
    { email: `${'l'.repeat(64)}@${domain}.${'d'.repeat(254 - 64 - 2 - domain.length)}` },
    { email: "o'neil+x@example.com" },
    { firstName: `A${family.repeat(49)}`, lastName: 'क्षि'.repeat(50) },
    { firstName: 'Ana 🔥', lastName: 'D’Arcy' },
  ]) {
    const details = { ...somebody(), ...detail }
    const person = await signIn(api, details)
    const { firstName, lastName, email } = (await person.gets('/me')).json()
    assert.deepEqual({ ...details, firstName, lastName, email }, details)
  }
})

test('a birth date is the same day whatever zone the process is in', async (t) => {
  const { env } = process
  const { TZ } = env
  t.after(() => {
    Object.assign(env, { TZ: TZ ?? 'UTC' })
  })
  for (const zone of ['Asia/Tokyo', 'America/Los_Angeles']) {
    Object.assign(env, { TZ: zone })
    const person = await signIn(api, { ...somebody(), birthDate: '2000-03-01' })
    assert.equal((await person.gets('/me')).json().birthDate, '2000-03-01')
    const [row] = await sql('select birth_date::text as day from users where id = $1', [person.id])
    assert.equal(row.day, '2000-03-01')
  }
})

test('who comes of age does so at midnight in UTC', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-25T23:30:00Z') })
  const details = { ...somebody(), birthDate: '2008-11-26' }
  assert.deepEqual(wrongFields(await login(details)), ['birthDate'])
  t.mock.timers.setTime(Date.parse('2026-11-26T00:00:00Z'))
  assert.equal((await login(details)).statusCode, 200)
})
