import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Submission } from '@jotc/core/api/jotc'
import { type Filters, NO_FILTERS } from '../filters.ts'
import { matches } from './matches.ts'

const sent = (change: Partial<Submission> = {}): Submission => ({
  id: '019aa000-0000-7000-8000-000000000001',
  clouds: '010',
  size: 3,
  solvable: true,
  total: 1,
  blockedAt: null,
  createdAt: '2026-11-24T23:30:00.000Z',
  email: 'ana@example.org',
  ...change,
})
const isIn = (filters: Partial<Filters>, submission = sent(), isAdmin = true) =>
  matches({ ...NO_FILTERS, ...filters }, submission, 'Europe/Berlin', isAdmin)

test('without filters everything is in', () => {
  assert.equal(isIn({}), true)
})

test('a day is that of the person’s time zone, and both ends are included', () => {
  assert.equal(isIn({ from: '2026-11-25', to: '2026-11-25' }), true)
  assert.equal(isIn({ to: '2026-11-24' }), false)
  assert.equal(isIn({ from: '2026-11-26' }), false)
})

test('a date that is half typed says nothing', () => {
  assert.equal(isIn({ from: '2027-??-??' }), true)
})

test('a part of the address counts in any case, for administrators alone', () => {
  assert.equal(isIn({ email: ' NA@EX ' }), true)
  assert.equal(isIn({ email: 'mira' }), false)
  assert.equal(isIn({ email: 'mira' }, sent(), false), true)
})

test('solvable and blocked are told apart', () => {
  const blocked = sent({ solvable: false, total: null, blockedAt: 1 })
  assert.deepEqual([isIn({ route: 'blocked' }, blocked), isIn({ route: 'blocked' })], [true, false])
  assert.deepEqual([isIn({ route: 'solvable' }, blocked), isIn({ route: 'solvable' })], [false, true])
})
