import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateOf, dateProblem, orderOf, partsOf, readDateText } from './birth-date.ts'

const date = (day: string, month: string, year: string) => dateOf({ day, month, year })

test('the fields stand in the order of the language', () => {
  assert.deepEqual(orderOf('en-GB'), ['day', 'month', 'year'])
  assert.deepEqual(orderOf('de'), ['day', 'month', 'year'])
  assert.deepEqual(orderOf('en-US'), ['month', 'day', 'year'])
  assert.deepEqual(orderOf('en-CA'), ['year', 'month', 'day'])
})

test('what was typed makes a date, with zeros in front or without; nothing typed is none, and no fault', () => {
  assert.equal(date('3', '4', '2000'), '2000-04-03')
  assert.equal(date('03', ' 04 ', '2000'), '2000-04-03')
  assert.deepEqual(partsOf('2000-04-03'), { day: '03', month: '04', year: '2000' })
  assert.equal(date('', ' ', ''), '')
  assert.equal(dateProblem(''), undefined)
})

test('what is missing, or no number, is asked for', () => {
  for (const typed of [
    date('3', '4', ''),
    date('', '4', '2000'),
    date('3', 'May', '2000'),
    date('9 May 2000', '', ''),
  ]) {
    assert.equal(dateProblem(typed), 'Enter the day, month and year.', typed)
  }
})

test('a day that the month does not have is named, not moved', () => {
  assert.match(dateProblem('1990-02-31') ?? '', /^There is no (31 February|February 31)\. Check the day and month\.$/)
  assert.match(dateProblem('2001-02-29') ?? '', /^2001 has no (29 February|February 29)\. Check the day and year\.$/)
  assert.equal(dateProblem('2004-02-29'), undefined)
})

test('a whole date is read in the order of the language, or from its year on', () => {
  const british = orderOf('en-GB')
  for (const text of ['09.05.1990', ' 09/05/1990\n', '09 - 05 - 1990', '09051990', '1990-05-09', '1990/05/09']) {
    assert.deepEqual(readDateText(text, british), { day: '09', month: '05', year: '1990' }, text)
  }
  for (const text of ['05/09/1990', '05091990', '1990-05-09']) {
    assert.deepEqual(readDateText(text, orderOf('en-US')), { day: '09', month: '05', year: '1990' }, text)
  }
  assert.deepEqual(readDateText('9.5.90', british), { day: '9', month: '5', year: '90' })
})

test('what is no whole date is left to the field', () => {
  for (const text of ['9', '9.5.', '9 May 1990', '1990', '10:30 9.5.1990', 'abc']) {
    assert.equal(readDateText(text, orderOf('en-GB')), undefined, text)
  }
})
