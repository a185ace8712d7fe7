import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBirthDate, utcDate } from './birth-date.ts'
import { DETAIL_FIELDS, type Details, detailsFaultText, readDetails } from './details.ts'
import { emailPart, readEmail } from './email.ts'

const RULE = { today: '2026-11-25', minimumAge: 18 }
const ANA = { email: 'ana@example.com', firstName: 'Ana', lastName: 'Silva', birthDate: '1990-05-09' }
const faultOf = (field: keyof Details, value: unknown) => {
  const read = readDetails({ ...ANA, [field]: value }, DETAIL_FIELDS, RULE)
  return 'faults' in read ? read.faults[field] : undefined
}
const email = (text: string) => readEmail(text)
const kept = (reading: { value: string } | { fault: string }) => ('value' in reading ? reading.value : reading.fault)

test('good details come back in the form in which they are stored', () => {
  const typed = { ...ANA, email: ' ANA@Example.com\n', firstName: ' Ana ' }
  assert.deepEqual(readDetails(typed, DETAIL_FIELDS, RULE), { details: ANA })
})

test('every wrong field is named at once, and what is no text is missing', () => {
  assert.deepEqual(readDetails({ email: 7, lastName: '', birthDate: '2001-02-29' }, DETAIL_FIELDS, RULE), {
    faults: { email: 'missing', firstName: 'missing', lastName: 'missing', birthDate: 'noSuchDay' },
  })
})

test('white space and case make no other address', () => {
  for (const text of ['ANA@example.com', ' ana@example.com', 'ana@EXAMPLE.com\n']) {
    assert.equal(kept(email(text)), 'ana@example.com')
  }
})

test('a domain in Unicode and in ASCII form is one domain', () => {
  assert.equal(kept(email('ana@bücher.example')), 'ana@xn--bcher-kva.example')
  assert.equal(kept(email('ana@xn--bcher-kva.example')), 'ana@xn--bcher-kva.example')
})

test('a local part outside ASCII is refused in either normal form', () => {
  for (const text of ['\u212Aate@example.com', 'zo\u00eb@example.com', 'zoe\u0308@example.com']) {
    assert.deepEqual(email(text), { fault: 'localPart' })
  }
})

test('dots at the ends, doubled dots and a trailing dot are refused', () => {
  for (const text of ['ana.@example.com', '.ana@example.com', 'a..b@example.com']) {
    assert.deepEqual(email(text), { fault: 'localPart' })
  }
  assert.deepEqual(email('ana@example.com. '), { fault: 'domain' })
})

test('a local part of 64 and an address of 254 fit, one more does not', () => {
  const domain = `${'d'.repeat(61)}.${'d'.repeat(61)}.${'d'.repeat(61)}.com`
  assert.equal(kept(email(`${'a'.repeat(64)}@${domain}`)).length, 254)
  assert.deepEqual(email(`${'a'.repeat(65)}@example.com`), { fault: 'localPartTooLong' })
  assert.deepEqual(email(`${'a'.repeat(64)}@d${domain}`), { fault: 'tooLong' })
  assert.deepEqual(email(`ana@${'ü'.repeat(300)}.com`), { fault: 'tooLong' })
})

test('signs that are special elsewhere are plain in a local part', () => {
  for (const text of ['ana+x@example.com', 'a&api_key=z@example.com', 'x#y@example.com', "o'neil@example.com"]) {
    assert.equal(kept(email(text)), text)
  }
})

test('what is no domain name is refused', () => {
  for (const domain of ['example', '1.2.3.4', '[::1]', 'a b.com', 'ex_ample.com', '-a.com', 'a..com', 'a.com:80', '']) {
    assert.deepEqual(email(`ana@${domain}`), { fault: 'domain' }, domain)
  }
  assert.deepEqual(email('ana.example.com'), { fault: 'noAt' })
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

test('only days of the calendar are birth dates, 29 February among them', () => {
  for (const date of ['2001-02-29', '2001-04-31', '2001-13-01', '2001-00-10', '1900-02-29', '2001-01-00']) {
    assert.equal(faultOf('birthDate', date), 'noSuchDay', date)
  }
  assert.equal(faultOf('birthDate', '2004-02-29'), undefined)
  assert.equal(faultOf('birthDate', '2000-02-29'), undefined)
})

test('birth dates are from 1900 on and not in the future', () => {
  for (const date of ['0000-01-01', '0001-01-01', '1001-01-01', '1899-12-31']) {
    assert.equal(faultOf('birthDate', date), 'tooEarly', date)
  }
  assert.equal(faultOf('birthDate', '9999-12-31'), 'inFuture')
  assert.equal(faultOf('birthDate', '+012000-01-01'), 'format')
  assert.equal(faultOf('birthDate', '1900-01-01'), undefined)
})

test('only YYYY-MM-DD is read, nothing is guessed', () => {
  for (const date of ['1111', '2000-1-2', '01/02/2000', '2000-01-02T00:00:00Z', '946771200000', ' 2000-01-02']) {
    assert.equal(faultOf('birthDate', date), 'format', date)
  }
  for (const date of [null, '', undefined]) assert.equal(faultOf('birthDate', date), 'missing')
})

test('one born on a leap day comes of age on 1 March, others on their day', () => {
  const age = (born: string, today: string) => kept(readBirthDate(born, today, 18))
  assert.equal(age('2010-03-01', '2028-02-29'), 'tooYoung')
  assert.equal(age('2010-03-01', '2028-03-01'), '2010-03-01')
  assert.equal(age('2008-02-29', '2026-02-28'), 'tooYoung')
  assert.equal(age('2008-02-29', '2026-03-01'), '2008-02-29')
  assert.equal(age('2008-11-25', '2026-11-25'), '2008-11-25')
  assert.equal(age('2008-11-26', '2026-11-25'), 'tooYoung')
})

test('today is another day after midnight in UTC, and the same again for a clock that was set back', () => {
  const midnight = Date.parse('2026-11-26T00:00:00Z')
  const days = [midnight - 1, midnight, midnight - 1].map(utcDate)
  assert.deepEqual(days, ['2026-11-25', '2026-11-26', '2026-11-25'])
})

test('the least age is a setting: at 13 one signs in from that birthday on, at 0 from birth', () => {
  const age = (born: string, minimumAge: number) => kept(readBirthDate(born, '2026-11-25', minimumAge))
  assert.equal(age('2013-11-25', 13), '2013-11-25')
  assert.equal(age('2013-11-26', 13), 'tooYoung')
  assert.equal(age('2026-11-25', 0), '2026-11-25')
  assert.equal(age('2026-11-26', 0), 'inFuture')
  assert.equal(detailsFaultText('birthDate', 'tooYoung', 13), 'You must be 13 or older.')
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
})
