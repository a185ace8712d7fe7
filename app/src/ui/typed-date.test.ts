import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateProblem, isRealDate, typedDate } from './typed-date.ts'

test('C173: a typed date is year, month and day, whatever order they were typed in', () => {
  assert.equal(typedDate(2000, 4, 3), '2000-04-03')
})

test('nothing typed is no date, and no fault', () => {
  assert.equal(typedDate(null, null, null), '')
  assert.equal(dateProblem(''), undefined)
})

test('half a date is kept as it is, and is not taken for a date', () => {
  const typed = typedDate(null, 4, 3)
  assert.equal(typed, '????-04-03')
  assert.equal(isRealDate(typed), false)
  assert.match(dateProblem(typed) ?? '', /day, the month and the year/)
})

test('C058: a day that the month does not have is named, not moved', () => {
  assert.equal(dateProblem(typedDate(1990, 2, 31)), 'There is no 31 February. Check the day and the month.')
  assert.equal(dateProblem('2001-02-29'), 'There is no 29 February in 2001. Check the day and the year.')
})

test('C067: 29 February of a leap year is a date', () => {
  assert.equal(isRealDate(typedDate(2004, 2, 29)), true)
})

test('a year that is still being typed makes no date', () => {
  assert.equal(isRealDate(typedDate(202, 10, 1)), false)
})
