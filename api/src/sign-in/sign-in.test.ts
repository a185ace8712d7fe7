import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { logOf } from '@jotc/testing/log'
import { detailsOf, problemOf, signIn, system, wrongFields } from '@jotc/testing/system'

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
  const answer = await login(details)
  assert.equal(answer.statusCode, 200)
  const { token, expiresAt, user } = answer.json()
  assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+$/)
  assert.ok(Date.parse(expiresAt) > Date.now())
  const { id, role, createdAt, ...given } = user
  assert.deepEqual(given, details)
  assert.match(id, /^[0-9a-f-]{14}7/)
  assert.ok(['user', 'admin'].includes(role))
  assert.ok(!Number.isNaN(Date.parse(createdAt)))
})

test('every wrong field is named at once, unknown ones too, and nothing is stored', async () => {
  const answer = await login({ email: 'nobody', firstName: '', birthDate: '2020-01-01', admin: true })
  assert.deepEqual(wrongFields(answer), ['email', 'firstName', 'lastName', 'birthDate', 'admin'])
  assert.equal((await accountsOf('nobody')).length, 0)
})

for (const [what, body] of [
  ['null', 'null'],
  ['a list', '[]'],
  ['a text', '"ana"'],
] as const) {
  test(`a body that is ${what} is refused`, async () => assert.deepEqual(wrongFields(await login(body)), ['body']))
}

test('a request without a body is refused', async () => {
  assert.deepEqual(wrongFields(await api.inject({ method: 'POST', url: '/login' })), ['body'])
})

for (const [name, ...others] of [
  ['Zoë', 'ZOE\u0308', 'zoë'],
  ['Λαός', 'ΛΑΌΣ', 'λαόσ'],
  ['Strauß', 'STRAUSS', 'STRAUẞ'],
  ['Işık', 'IŞIK'],
  ['O’Hara', "O'Hara", 'O`HARA', 'Ｏ＇Ｈａｒａ'],
  ['Anne-Marie', 'Anne‑Marie', 'ANNE–MARIE'],
] as const) {
  test(`a known email with its own details signs in to the same account, in whatever case and form: ${name}`, async () => {
    const details = { ...somebody(), firstName: name }
    const first = await signIn(api, details)
    for (const firstName of others) {
      assert.equal((await signIn(api, { ...details, firstName, lastName: 'OKAFOR' })).id, first.id, firstName)
    }
  })
}

for (const other of [{ firstName: 'Other' }, { lastName: 'Other' }, { birthDate: '1990-05-10' }]) {
  test(`a known email with another ${Object.keys(other)} is refused without saying which detail differs`, async () => {
    const details = somebody()
    await signIn(api, details)
    const problem = problemOf(await login({ ...details, ...other }), 401)
    assert.equal(problem.detail, 'These details do not match our records. Check each of them.')
  })
}

test('many first sign-ins of one address at once make one account', async () => {
  const details = somebody()
  const everybody = await Promise.all(Array.from({ length: 50 }, () => signIn(api, details)))
  assert.equal(new Set(everybody.map((person) => person.id)).size, 1)
  assert.equal((await accountsOf(details.email)).length, 1)
})

test('of many first accounts at once exactly one becomes the administrator', async (t) => {
  const fresh = await system(t)
  await Promise.all(Array.from({ length: 20 }, (_, n) => fresh.person(`first${n}`)))
  const [count] = await fresh.sql("select count(*)::int as admins from users where role = 'admin'")
  assert.equal(count.admins, 1)
})

test('in production the first account is nobody special', async (t) => {
  const fresh = await system(t, { APP_ENV: 'production' })
  const first = await fresh.person('first')
  assert.equal((await first.gets('/me')).json().role, 'user')
})

test('the addresses of ADMIN_EMAILS are administrators, also when their account is older', async (t) => {
  const fresh = await system(t)
  await fresh.person('first')
  await fresh.person('chief')
  const later = await system(t, { ADMIN_EMAILS: ['Chief@Example.org'], DATABASE_URL: fresh.databaseUrl })
  const chief = await later.person('chief')
  assert.equal((await chief.gets('/me')).json().role, 'admin')
})

test('a role that the settings give leaves one audit line', async (t) => {
  const fresh = await system(t)
  const first = await fresh.person('first')
  await fresh.person('chief')
  const later = await system(t, { ADMIN_EMAILS: ['chief@example.org'], DATABASE_URL: fresh.databaseUrl })
  const { lines } = logOf(later.api)
  const audits = () => lines.flatMap(({ audit, by, whom, from, to }) => (audit ? [[audit, by, whom, from, to]] : []))
  const chief = await later.person('chief')
  assert.deepEqual(audits(), [['role changed', chief.id, chief.id, 'user', 'admin']])
  await later.person('chief')
  await later.person('first')
  assert.equal(audits().length, 1)

  await fresh.sql('delete from users')
  const { id } = await later.person('another')
  assert.deepEqual(audits().at(-1), ['role changed', id, id, undefined, 'admin'])
  assert.notEqual(id, first.id)
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

test('white space around an address and its case make no other account', async () => {
  const details = somebody()
  const ids = await Promise.all(
    [details.email, ` ${details.email}\n`, details.email.toUpperCase()].map(
      async (email) => (await signIn(api, { ...details, email })).id,
    ),
  )
  assert.equal(new Set(ids).size, 1)
})

test('a domain in Unicode and in ASCII is one account', async () => {
  const unicode = await signIn(api, { ...somebody(), firstName: 'Ana', email: 'ana@bücher.example' })
  const ascii = await signIn(api, { ...somebody(), firstName: 'Ana', email: 'ana@xn--bcher-kva.example' })
  assert.equal(ascii.id, unicode.id)
})

for (const email of [
  '\u212Aate@example.com',
  'zo\u00eb@example.com',
  'zoe\u0308@example.com',
  'ana.@example.com',
  '.ana@example.com',
  'a..b@example.com',
  'ana@example.com. ',
]) {
  test(`the address ${JSON.stringify(email)} is refused`, async () => {
    assert.deepEqual(wrongFields(await login({ ...somebody(), email })), ['email'])
  })
}

const longDomain = `${'d'.repeat(60)}.${'d'.repeat(60)}.${'d'.repeat(60)}`
for (const email of [
  `${'l'.repeat(64)}@example.com`,
  `${'l'.repeat(64)}@${longDomain}.${'d'.repeat(254 - 64 - 2 - longDomain.length)}`,
  "o'neil@example.com",
]) {
  test(`an address of ${email.length} characters (${email.slice(0, 6)}…) is accepted`, async () => {
    assert.equal((await login({ ...somebody(), email })).json().user?.email, email)
  })
}

const family = '👨‍👩‍👧‍👦'
for (const [firstName, lastName] of [
  ['O', 'Y'],
  ['Ana', "O'Shea"],
  ['Ana', 'D’Arcy'],
  ['Anne-Marie', 'de la Cruz'],
  [`A${family.repeat(49)}`, 'क्षि'.repeat(25)],
  ['Ana 🔥', 'Okafor'],
] as const) {
  test(`the name ${firstName.slice(0, 12)} ${lastName.slice(0, 12)} is accepted and kept unchanged`, async () => {
    const { user } = (await login({ ...somebody(), firstName, lastName })).json()
    assert.deepEqual([user.firstName, user.lastName], [firstName, lastName])
    const [row] = await sql('select first_name, last_name from users where id = $1', [user.id])
    assert.deepEqual(row, { first_name: firstName, last_name: lastName })
  })
}

for (const firstName of [
  '🔥🔥123',
  `A${family.repeat(50)}`,
  'A\u0000B',
  '\ud800',
  'A\u3164',
  `A${'\u0301'.repeat(9)}`,
]) {
  test(`the name ${JSON.stringify(firstName).slice(0, 12)} is refused`, async () => {
    assert.deepEqual(wrongFields(await login({ ...somebody(), firstName })), ['firstName'])
  })
}

for (const birthDate of [
  ...['2001-02-29', '2001-04-31', '2001-13-01', '2001-00-10'],
  ...['0000-01-01', '0001-01-01', '1001-01-01', '9999-12-31', '+012000-01-01'],
  ...['1111', '2000-1-2', '01/02/2000', '2000-01-02T00:00:00Z', '946771200000', 946771200000, null, ''],
]) {
  test(`the birth date ${JSON.stringify(birthDate)} is refused`, async () => {
    assert.deepEqual(wrongFields(await login({ ...somebody(), birthDate })), ['birthDate'])
  })
}

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

for (const [now, birthDate, status] of [
  ['2028-02-29T12:00:00Z', '2010-03-01', 400],
  ['2028-03-01T00:00:00Z', '2010-03-01', 200],
  ['2026-11-25T23:30:00Z', '2008-11-26', 400],
  ['2026-11-26T00:00:00Z', '2008-11-26', 200],
] as const) {
  test(`at ${now} whoever is born on ${birthDate} gets ${status}`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse(now) })
    assert.equal((await login({ ...somebody(), birthDate })).statusCode, status)
  })
}
