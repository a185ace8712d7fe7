import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signIn } from '../people.ts'
import { API, type Stack } from '../stack.ts'

/** Data outlive the containers. */
export function testPersistence(stack: Stack): void {
  test('down and up again: the data and who is signed in stay', async () => {
    const ana = await signIn(API)
    const { id } = await ana.solves('0010010')
    await stack.compose('down')
    await stack.up()
    assert.deepEqual(await ana.listed(), [id])
  })
}
