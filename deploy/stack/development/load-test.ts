import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Stack } from '../stack.ts'

/** The load test passes and fails as it should. */
export function testLoadTest(stack: Stack): void {
  test('a headless load test passes, and one whose thresholds are not met fails', async () => {
    const swarm = (...settings: string[]) =>
      stack.compose(
        ...['run', '--rm', '--no-deps', ...settings.flatMap((setting) => ['-e', setting]), 'locust'],
        ...['--headless', '--processes', '2', '--users', '20', '--spawn-rate', '20', '--run-time', '5s'],
      )
    // How fast is a question to the machine: here it is whether every request is answered.
    const anySpeed = ['LOAD_SLOWEST_P50=10000', 'LOAD_SLOWEST_P99=10000']
    await swarm(...anySpeed)
    await assert.rejects(swarm('LOAD_SLOWEST_P99=0'), /the slowest hundredth took \d+ ms, more than 0/)
    // A service that is away is counted as failures, and the run goes on to its end.
    await stack.compose('pause', 'api')
    await stack.compose('kill', 'api')
    await assert.rejects(swarm(...anySpeed), /100\.00% failed/)
    await stack.up()
  })
}
