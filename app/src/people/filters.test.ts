import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchOf } from '#ui/list/address.ts'
import { type Filters, filtersOf, NO_FILTERS, userQuery } from './filters.ts'

const filters = (some: Partial<Filters>): Filters => ({ ...NO_FILTERS, ...some })

test('the address gives back the words, the order and the page, and the usual ones where it has none', () => {
  const asked = filters({ search: 'o’neil & x', page: 3, rows: 50, sortBy: 'submissions', sort: 'desc' })
  assert.deepEqual(filtersOf(searchOf(asked, NO_FILTERS)), asked)
  assert.deepEqual(filtersOf('?other=1'), NO_FILTERS)
})

test('the service is asked for words without the space around them, or for none', () => {
  assert.equal(userQuery(filters({ search: ' ana ' })).search, 'ana')
  assert.equal('search' in userQuery(filters({ search: '  ' })), false)
})
