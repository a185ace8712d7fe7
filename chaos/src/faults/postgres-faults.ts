import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { NetworkCondition } from '@jotc/testing/servers/proxy'
import { AS_PROMISED, injectFault, promised } from '../inject-fault.ts'
import { type System, startSystem } from '../system.ts'

/** A fault of PostgreSQL: it happens, lasts as long as it is told, and is over when this resolves. */
type Fault = (system: System, last: () => Promise<unknown>) => Promise<void>

const CUT = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'service'"

const POSTGRES_FAULTS: Record<string, Fault> = {
  'PostgreSQL is ended by kill -9, and started again': async ({ postgres }, last) => {
    await postgres.kill()
    await last()
    await postgres.start()
  },

  'PostgreSQL is stopped, and started again': async ({ postgres }, last) => {
    await postgres.stop()
    await last()
    await postgres.start()
  },

  'PostgreSQL stands still': async ({ postgres }, last) => {
    await postgres.pause()
    await last()
    await postgres.resume()
  },

  'all connections are ended by PostgreSQL, five times': async ({ postgres }, last) => {
    for (let n = 0; n < 4; n++) await postgres.sql(CUT)
    await last()
    await postgres.sql(CUT)
  },

  'PostgreSQL turns read-only, and writes again': async ({ postgres }, last) => {
    await postgres.sql('alter role service set default_transaction_read_only = on')
    await postgres.sql(CUT)
    await last()
    await postgres.sql('alter role service reset default_transaction_read_only')
  },

  'PostgreSQL has no connection left': async ({ postgres }, last) => {
    await postgres.sql('alter role service connection limit 0')
    await postgres.sql(CUT)
    await last()
    await postgres.sql('alter role service connection limit -1')
  },

  'nobody listens at the address of PostgreSQL': onNetwork('refuse'),
  'connections to PostgreSQL are reset': onNetwork('reset'),
  'nothing arrives at PostgreSQL, nor comes from it': onNetwork('silence'),
  'everything is late on the way to PostgreSQL': onNetwork('slow'),
}

/** Connections that look open and lead nowhere: nothing but a deadline tells. */
export const DEAD_CONNECTIONS: Record<string, (system: System) => Promise<void>> = {
  'the host of PostgreSQL is gone without a word, and another one is there': async ({ network }) => {
    await network.become('lose')
    await network.become('pass')
  },

  'PostgreSQL has ended connections, and nobody heard': async ({ network }) => {
    await network.become('half-open')
    await network.become('pass')
  },
}

function onNetwork(condition: NetworkCondition): Fault {
  return async ({ network }, last) => {
    await network.become(condition)
    await last()
    await network.become('pass')
  }
}

/**
 * Tests of every fault, on one system.
 *
 * @param last resolves when a fault has lasted long enough
 */
export async function testPostgresFaults(howLong: string, last: () => Promise<unknown>): Promise<System> {
  const system = await startSystem({ after })
  for (const [what, fault] of Object.entries(POSTGRES_FAULTS)) {
    test(`${what}, ${howLong}: nothing is lost or doubled, and boards are recorded again`, async (t) => {
      const outcome = await injectFault(t, system, () => fault(system, last))
      assert.deepEqual(promised(outcome, AS_PROMISED), AS_PROMISED)
    })
  }
  return system
}
