import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBirthDate, utcDate } from './birth-date.ts'
import { DETAIL_FIELDS, detailsFaultText, readDetails } from './details.ts'
import { emailPart, readEmail } from './email.ts'

const RULE = { today: '2026-11-25', minimumAge: 18 }
const ANA = { email: 'ana@example.com', firstName: 'Ana', lastName: 'Silva', birthDate: '1990-05-09' }
const keptOrFault = (reading: { value: string } | { fault: string }) =>
  'value' in reading ? reading.value : reading.fault
const email = (text: string) => keptOrFault(readEmail(text))
const birthDate = (text: string, minimumAge = 0, today = RULE.today) =>
  keptOrFault(readBirthDate(text, today, minimumAge))

test('good details come back in the form in which they are stored', () => {
  const typed = { ...ANA, email: ' ANA@Example.com\n', firstName: ' Ana ' }
  assert.deepEqual(readDetails(typed, DETAIL_FIELDS, RULE), { details: ANA })
})

test('every wrong field is named at once, and what is no text is missing', () => {
  assert.deepEqual(readDetails({ email: 7, lastName: '', birthDate: '2008-11-26' }, DETAIL_FIELDS, RULE), {
    faults: { email: 'missing', firstName: 'missing', lastName: 'missing', birthDate: 'tooYoung' },
  })
})

test('a domain in Unicode and in ASCII form is one domain', () => {
  for (const text of ['ana@bücher.example', 'ana@xn--bcher-kva.example']) {
    assert.equal(email(text), 'ana@xn--bcher-kva.example')
  }
})

test('signs that are special elsewhere are plain in a local part', () => {
  for (const text of ['ana+x@example.com', 'a&api_key=z@example.com', 'x#y@example.com', "o'neil@example.com"]) {
    assert.equal(email(text), text)
  }
})

for (const [what, fault, ...addresses] of [
  ['an address without an @', 'noAt', 'ana.example.com'],
  ['a letter outside ASCII before the @', 'localPart', '\u212Aa@x.org', '\u00eb@x.org', 'e\u0308@x.org'],
  ['a dot out of place before the @', 'localPart', 'ana.@x.org', '.ana@x.org', 'a..b@x.org'],
  ['what is no name of a domain', 'domain', 'a@example', 'a@1.2.3.4', 'a@[::1]', 'a@a.com:80', 'a@'],
  ['a sign out of place in a domain', 'domain', 'a@b c.com', 'a@ex_ample.com', 'a@-a.com', 'a@a..com', 'a@a.com. '],
] as const)
  test(`${what} is refused`, () => {
    for (const address of addresses) assert.equal(email(address), fault, address)
  })

test('a local part of 64 and an address of 254 fit, one more does not', () => {
  const domain = `${'d'.repeat(61)}.${'d'.repeat(61)}.${'d'.repeat(61)}.com`
  assert.equal(email(`${'a'.repeat(64)}@${domain}`).length, 254)
  assert.equal(email(`${'a'.repeat(65)}@example.com`), 'localPartTooLong')
  assert.equal(email(`${'a'.repeat(64)}@d${domain}`), 'tooLong')
  assert.equal(email(`ana@${'ü'.repeat(300)}.com`), 'tooLong')
})

test('an address is found by a part of it in another case, width, form of signs, and by its domain in Unicode', () => {
  for (const [typed, stored] of [
    [' ANA@Ex', 'ana@ex'],
    ['ａｎａ＠ｅｘａｍｐｌｅ．org', 'ana@example.org'],
    ['o’neil', "o'neil"],
    ['ana‑maria\u200b', 'ana-maria'],
    ['ALİ@', 'ali@'],
    ['a`b', 'a`b'],
    ['@bu\u0308cher.example', '@xn--bcher-kva.example'],
    ['straße.example', 'xn--strae-oqa.example'],
  ] as const) {
    assert.equal(emailPart(typed), stored)
  }
})

for (const [what, fault, ...dates] of [
  ['that is empty', 'missing', ''],
  ['in another form', 'format', '1111', '2000-1-2', '01/02/2000'],
  ['with more than the date', 'format', '2000-01-02T00:00:00Z', '+012000-01-01', ' 2000-01-02'],
  ['in no month', 'noSuchDay', '2001-13-01', '2001-00-10'],
  ['on a day that its month does not have', 'noSuchDay', '2001-02-29', '1900-02-29', '2001-04-31', '2001-01-00'],
  ['before 1900', 'tooEarly', '0000-01-01', '1899-12-31'],
  ['in the future', 'inFuture', '2026-11-26', '9999-12-31'],
] as const)
  test(`a birth date ${what} is refused`, () => {
    for (const date of dates) assert.equal(birthDate(date), fault, date)
  })

test('birth dates are days from 1900 to today, 29 February among them', () => {
  for (const date of ['1900-01-01', '2000-02-29', '2004-02-29', RULE.today]) assert.equal(birthDate(date), date)
})

test('one comes of age on one’s birthday at the age that is set; born on a leap day, on 1 March', () => {
  for (const [born, minimumAge, lastDay, firstDay] of [
    ['2013-11-25', 13, '2026-11-24', '2026-11-25'],
    ['2010-03-01', 18, '2028-02-29', '2028-03-01'],
    ['2008-02-29', 18, '2026-02-28', '2026-03-01'],
  ] as const) {
    assert.equal(birthDate(born, minimumAge, lastDay), 'tooYoung')
    assert.equal(birthDate(born, minimumAge, firstDay), born)
  }
})

test('today is another day after midnight in UTC, and the same again for a clock that was set back', () => {
  const midnight = Date.parse('2026-11-26T00:00:00Z')
  const days = [midnight - 1, midnight, midnight - 1].map(utcDate)
  assert.deepEqual(days, ['2026-11-25', '2026-11-26', '2026-11-25'])
})

test('only the fields that were asked for are read', () => {
  assert.deepEqual(readDetails({ email: 'ANA@example.com' }, ['email'], RULE), {
    details: { email: 'ana@example.com' },
  })
  assert.deepEqual(readDetails({}, ['firstName'], RULE), { faults: { firstName: 'missing' } })
})

test('every fault of every field has a sentence', () => {
  assert.equal(detailsFaultText('lastName', 'missing', 18), 'Enter your last name.')
  assert.match(detailsFaultText('firstName', 'tooLong', 18), /first name is too long\. The limit is 50 characters/)
  assert.match(detailsFaultText('email', 'tooLong', 18), /254/)
  assert.equal(detailsFaultText('birthDate', 'tooYoung', 13), 'You must be 13 or older.')
})
