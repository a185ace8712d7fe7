import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { foldName, readName } from '@jotc/core/person/name'
import { assertStatus, detailsOf, search, signIn, system } from '@jotc/testing/service/system'
import fc from 'fast-check'

const { api, sql, person } = await system({ after })
const chief = await person('chief')

const isOnly = (found: { items: { email: string }[] }, email: string) =>
  found.items.length === 1 && found.items[0]?.email === email

/** Texts of letters that fold, marks, signs of many forms, and anything else that PostgreSQL can hold. */
const signs = fc.constantFrom(..."aIıİßẞςσΣÅạÉ李ﾊ한ى’'`´‑–- %_\\\u00a0\u200c\u0301\u0307\u0323\u0345\u034f\u3164")
const any = fc.string({
  unit: fc.oneof({ arbitrary: signs, weight: 9 }, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
  minLength: 1,
})

/** The forms of a name that people do not choose. */
const forms: ((name: string) => string)[] = [
  (name) => name.normalize('NFD'),
  (name) => ` ${name.replaceAll(' ', '\u00a0 ')}\t`,
  (name) => name.replaceAll("'", '’'),
  (name) => name.replaceAll('-', '\u2011'),
  (name) => name.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  (name) => name.toUpperCase(),
  (name) => name.toLowerCase(),
]
const name = fc
  .string({ unit: fc.constantFrom(..."abIıİßςΣÅạé李ハ한'- "), minLength: 1, maxLength: 20 })
  .filter((text) => 'value' in readName(text))

test('who writes a name in another form signs in to the same account, and is found', async () => {
  let people = 0
  await fc.assert(
    fc.asyncProperty(name, name, fc.constantFrom(...forms), async (firstName, lastName, form) => {
      const details = { ...detailsOf(`somebody${++people}`), firstName, lastName }
      const { id } = await signIn(api, details)
      const again = await signIn(api, { ...details, firstName: form(firstName), lastName: form(lastName) })
      assert.equal(again.id, id)
      const asked = form(`${firstName.trim()} ${lastName.trim()}`).trim()
      const found = await chief.gets(`/users?${search({ search: asked })}`)
      assertStatus(found, 200)
      assert(isOnly(found.json(), details.email), `${asked}: ${found.body}`)
      await sql('delete from users where id = $1', [id])
    }),
    { numRuns: 100 },
  )
})

test('no name and no search is too odd to be answered', async () => {
  const odd = fc.oneof(
    any,
    fc.string({ unit: 'binary' }),
    fc.constantFrom('\ud800', 'A\0B', '\u0301'.repeat(2_000), '\\', '％'),
  )
  await fc.assert(
    fc.asyncProperty(odd, async (text) => {
      const payload = { ...detailsOf('odd'), firstName: text, lastName: text }
      const answers = [
        await api.inject({ method: 'POST', url: '/login', payload }),
        await chief.gets(`/users?${search({ search: text.toWellFormed() })}`),
        await chief.gets(`/jotc?${search({ email: text.toWellFormed() })}`),
        await chief.gets(`/jotc/stats?${search({ email: text.toWellFormed() })}`),
      ]
      for (const { statusCode, body } of answers) assert([200, 400, 401].includes(statusCode), body)
    }),
    { numRuns: 100 },
  )
})

// These two compute for seconds, in which a service in the same process has no turn: so they come last.

/** Ideographs and syllables of Hangul, which have no case and fold by rules: every sixteenth stands for the others. */
const ALIKE =
  'code between 13312 and 40956 or code between 44032 and 55203 or code between 131072 and 194559 or code > 195103'

test('the database folds names as core does, whatever their characters', async () => {
  const rows = await sql(
    `select text, fold_name(text) as folded
     from generate_series(1, 262143) as code
     cross join lateral (select replace('a$b|i$|$ |a ' || chr(775) || '$|I$' || chr(775) || '|ς$Σ', '$', chr(code)) as text) as name
     where code not between 55296 and 57343 and (not (${ALIKE}) or code % 16 = 0) and unicode_assigned(chr(code))
     union all
     select chr(code), fold_name(chr(code)) from generate_series(917504, 921599) as code`,
  )
  assert(rows.length > 50_000)
  const others = rows.filter(({ text, folded }) => foldName(text) !== folded)
  assert.deepEqual(others, [])
})

test('the database folds texts as core does, whatever the order of their characters', async () => {
  const assigned = (texts: string[]) =>
    sql(
      `select text, fold_name(text) as folded from unnest($1::text[]) as text
     where not exists (select from string_to_table(text, null) as sign where not unicode_assigned(sign))`,
      [texts.map((text) => text.replaceAll('\0', ''))],
    )
  await fc.assert(
    fc.asyncProperty(fc.array(any, { minLength: 1, maxLength: 200, size: 'max' }), async (texts) => {
      for (const { text, folded } of await assigned(texts)) assert.equal(foldName(text), folded)
    }),
    { numRuns: 30 },
  )
})
