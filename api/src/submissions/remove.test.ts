import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { SubmissionPage } from '@jotc/core/api/jotc'
import { inserts } from '@jotc/testing/service/boards'
import { logOf } from '@jotc/testing/service/log'
import { assertStatus, problemOf, system } from '@jotc/testing/service/system'
import fc from 'fast-check'

const shared = await system({ after })
const chief = await shared.person('chief')
const ana = await shared.person('ana')
const ben = await shared.person('ben')

test('an owner removes a submission of their own, an administrator any; others find none', async () => {
  const [first, second] = [await ana.solves('000'), await ana.solves('0010010')]
  const { lines } = logOf(shared.api)
  const audited = () => lines.flatMap(({ audit, by, whom }) => (audit ? [[audit, by, whom]] : []))
  problemOf(await ben.deletes(`/jotc/${first.id}`), 404)
  assert.equal((await ana.lists()).total, 2)
  assert.deepEqual(audited(), [])

  assertStatus(await ana.deletes(`/jotc/${first.id}`), 204)
  assertStatus(await chief.deletes(`/jotc/${second.id}`), 204)
  assert.deepEqual(await ana.lists(), { items: [], total: 0, totalIsExact: true, nextCursor: null })
  assert.deepEqual(audited(), [
    ['submission removed', ana.id, ana.id],
    ['submission removed', chief.id, ana.id],
  ])
  for (const person of [ana, chief]) problemOf(await person.deletes(`/jotc/${first.id}`), 404)
  problemOf(await ana.gets(`/jotc/${first.id}`), 404)
})

test('a cursor leads on from a submission that was removed', async () => {
  const eve = await shared.person('eve')
  const ids: string[] = []
  for (let row = 0; row < 5; row++) ids.unshift((await eve.solves('000')).id)
  const { nextCursor }: SubmissionPage = await eve.lists({ pageSize: 2 })
  assertStatus(await eve.deletes(`/jotc/${ids[1]}`), 204)
  const { items } = await eve.lists({ pageSize: 2, cursor: nextCursor ?? '' })
  assert.deepEqual(
    items.map(({ id }) => id),
    ids.slice(2, 4),
  )
})

test('an API token cannot remove', async () => {
  const { id } = await ben.solves('000')
  const made = await ben.posts('/me/tokens', { name: 'script', scope: 'record', expiresInDays: 1 })
  problemOf(await shared.holderOf(made.json().token).deletes(`/jotc/${id}`), 403)
  assert.equal((await ben.lists()).total, 1)
})

/** Around midnight and the turn of months, in days that are summed up and in the last one, which is not. */
const moment = fc.oneof(
  fc.integer({ min: 0, max: 100 * 24 * 60 }),
  fc.constantFrom(0, 30, 59, 60, 61, 119, 120, 121, 24 * 60, 48 * 60),
)
const row = fc.record({
  owner: fc.constantFrom(ana, ben),
  clouds: fc.constantFrom('0', '000', '0010010', '0110'),
  minutesAgo: moment,
  fate: fc.constantFrom('kept', 'removed by its owner', 'removed by an administrator', 'removed with all others'),
})

test('whatever is removed, and whenever days are summed up, sums and statistics are as if counted anew', async () => {
  const { sql } = shared
  const sumUp = () => sql('select roll_up_submissions()')
  const removals = fc.asyncProperty(
    fc.array(row, { minLength: 1, maxLength: 30, size: 'max' }),
    fc.nat(30),
    async (rows, cut) => {
      await sql('truncate submissions')
      await sql("update submission_sums set summed_until = now() - interval '101 days'")
      const sent = await Array.fromAsync(rows, async ({ clouds, minutesAgo, ...each }) => {
        const [id] = await inserts(shared, each.owner, [{ clouds, at: new Date(Date.now() - minutesAgo * 60_000) }])
        return { ...each, id }
      })
      for (const [place, { id, owner, fate }] of sent.entries()) {
        if (place === cut) await sumUp()
        if (fate === 'removed by its owner') assertStatus(await owner.deletes(`/jotc/${id}`), 204)
        if (fate === 'removed by an administrator') assertStatus(await chief.deletes(`/jotc/${id}`), 204)
      }
      await sumUp()
      const together = sent.filter(({ fate }) => fate === 'removed with all others').map(({ id }) => id)
      await sql('delete from submissions where id = any($1)', [together])

      const kept = await sums()
      const shown = await statistics()
      await sql('select recount_submission_sums()')
      assert.deepEqual(kept, await sums())
      assert.deepEqual(shown, await statistics())
      assert.equal(shown.submissions, sent.filter(({ fate }) => fate === 'kept').length)
    },
  )
  await fc.assert(removals, { numRuns: 25 })
})

/** Every sum that is not zero. */
async function sums(): Promise<unknown> {
  const kept = ['submission_quarters', 'submission_sizes', 'submission_months', 'submission_accounts']
  const all = kept.map((table) => shared.sql(`select * from ${table} where solvable + blocked > 0 order by 1, 2`))
  return await Promise.all([...all, shared.sql('select * from submission_totals where submissions > 0 order by 1, 2')])
}

async function statistics() {
  return (await chief.gets('/jotc/stats?timeZone=Asia/Kathmandu')).json()
}
