import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Submission } from '@jotc/core/api/jotc'
import { changed, searchOf } from '#ui/list/address.ts'
import {
  daysOf,
  type Filters,
  filterQuery,
  filtersOf,
  isNarrowed,
  listQuery,
  matches,
  NO_FILTERS,
  spanOf,
} from './filters.ts'

const filters = (some: Partial<Filters>): Filters => ({ ...NO_FILTERS, ...some })

test('the address gives back every filter, the order and the page', () => {
  const asked = filters({
    email: 'ana+x&y@',
    from: '2026-10-01',
    to: '2026-11-24',
    route: 'blocked',
    minSize: '3',
    maxTotal: '12',
    page: 5,
    rows: 50,
    sortBy: 'email',
    sort: 'asc',
    hide: ['size', 'createdAt'],
  })
  assert.deepEqual(filtersOf(searchOf(asked, NO_FILTERS)), asked)
  assert.equal(searchOf(NO_FILTERS, NO_FILTERS), '')
})

test('what an address holds of anything else is passed over', () => {
  const strange = '?page=-1&rows=1e9&sortBy=passwd&sort=up&route=x&from=yesterday&other=1'
  assert.deepEqual(filtersOf(strange), NO_FILTERS)
})

test('another filter starts at the first page, and turning the page keeps the filters', () => {
  assert.equal(changed(filters({ page: 5 }), { email: 'ana' }).page, 1)
  assert.deepEqual(changed(filters({ email: 'ana' }), { page: 2 }), filters({ email: 'ana', page: 2 }))
})

test('a span counts for the service once its dates are whole and real ones, and it ends after it begins', () => {
  const timeZone = 'Europe/Berlin'
  const asked = (from: string, to: string) => filterQuery(filters({ from, to }), timeZone, true)
  assert.deepEqual(asked('2026-10-01', '2026-10-02'), { timeZone, dateBegin: '2026-10-01', dateEnd: '2026-10-02' })
  assert.deepEqual(asked('0202-10-01', '2026-02-31'), { timeZone })
  assert.deepEqual(asked('2026-10-02', '2026-10-01'), { timeZone })
})

test('a range is asked for once it is one that boards can have', () => {
  const asked = (some: Partial<Filters>) => filterQuery(filters(some), 'UTC', true)
  const ends = { minSize: 3, maxSize: 9, maxTotal: 0 }
  assert.deepEqual(asked({ minSize: '3', maxSize: ' 9 ', maxTotal: '0' }), { timeZone: 'UTC', ...ends })
  for (const wrong of [
    { minSize: '9', maxSize: '3' },
    { minSize: '0' },
    { maxSize: '10001' },
    { maxSize: '1e3' },
    { minTotal: '-1' },
    { maxTotal: '10000' },
  ]) {
    assert.deepEqual(asked(wrong), { timeZone: 'UTC' }, JSON.stringify(wrong))
  }
  assert.deepEqual(asked({ route: 'blocked', maxTotal: '5' }), { timeZone: 'UTC', solvable: false })
})

test('a span ends today, with today as one of its days, over months and years', () => {
  assert.deepEqual(daysOf('today', '2028-03-01'), { from: '2028-03-01', to: '2028-03-01' })
  assert.deepEqual(daysOf('week', '2027-01-03'), { from: '2026-12-28', to: '2027-01-03' })
  assert.deepEqual(daysOf('month', '2028-03-01'), { from: '2028-02-01', to: '2028-03-01' })
  assert.equal(spanOf({ from: '2026-12-28', to: '2027-01-03' }, '2027-01-03'), 'week')
  assert.equal(spanOf({ from: '2026-12-28', to: '2027-01-03' }, '2027-01-04'), undefined)
  assert.equal(spanOf({ from: '', to: '' }, '2027-01-04'), undefined)
})

test('only an administrator asks for the addresses of others', () => {
  assert.equal(filterQuery(filters({ email: 'ana' }), 'UTC', false).email, undefined)
  assert.equal(filterQuery(filters({ email: ' ana ' }), 'UTC', true).email, 'ana')
})

test('the list is asked for page by page, in its order', () => {
  const asked = listQuery(filters({ page: 2, route: 'solvable' }), 'UTC', false)
  assert.deepEqual(asked, { timeZone: 'UTC', solvable: true, page: 2, pageSize: 15, sort: 'desc', sortBy: 'createdAt' })
})

test('an order alone narrows nothing', () => {
  assert.equal(isNarrowed(filters({ sortBy: 'size', page: 2, from: '0202-10-01' })), false)
  assert.equal(isNarrowed(filters({ route: 'blocked' })), true)
})

const sent = (change: Partial<Submission> = {}): Submission => ({
  id: '019aa000-0000-7000-8000-000000000001',
  clouds: '010',
  size: 3,
  solvable: true,
  total: 1,
  blockedAt: null,
  playedJumps: null,
  createdAt: '2026-11-24T23:30:00.000Z',
  email: 'ana@example.org',
  ...change,
})
const isIn = (filters: Partial<Filters>, submission = sent(), isAdmin = true) =>
  matches({ ...NO_FILTERS, ...filters }, submission, 'Europe/Berlin', isAdmin)

test('a day is that of the person’s time zone, and both ends are included', () => {
  assert.equal(isIn({ from: '2026-11-25', to: '2026-11-25' }), true)
  assert.equal(isIn({ to: '2026-11-24' }), false)
  assert.equal(isIn({ from: '2026-11-26' }), false)
  assert.equal(isIn({ from: '2027-??-??' }), true, 'half a date says nothing')
})

test('a part of the address counts in any case, for administrators alone', () => {
  for (const email of [' NA@EX ', 'ａｎａ＠']) assert.equal(isIn({ email }), true)
  assert.equal(isIn({ email: 'mira' }), false)
  assert.equal(isIn({ email: 'mira' }, sent(), false), true)
})

test('solvable and blocked are told apart', () => {
  const blocked = sent({ solvable: false, total: null, blockedAt: 1 })
  assert.deepEqual([isIn({ route: 'blocked' }, blocked), isIn({ route: 'blocked' })], [true, false])
  assert.deepEqual([isIn({ route: 'solvable' }, blocked), isIn({ route: 'solvable' })], [false, true])
})
