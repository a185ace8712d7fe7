import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { testFailovers } from './failover.ts'
import { AS_PROMISED, assertPromised, type Fault, injectFault, onNetwork } from './inject-fault.ts'
import { isLong, startSystem } from './system.ts'

const system = await startSystem({ after })
const { postgres, network } = system

const CUT = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'service'"

const FAULTS: Record<string, Fault> = {
  'PostgreSQL is ended by kill -9, and started again': async (last) => {
    await postgres.kill()
    await last()
    await postgres.start()
  },

  'PostgreSQL is stopped, and started again': async (last) => {
    await postgres.stop()
    await last()
    await postgres.start()
  },

  'PostgreSQL stands still': async (last) => {
    await postgres.pause()
    await last()
    await postgres.resume()
  },

  'all connections are ended by PostgreSQL, five times': async (last) => {
    for (let n = 0; n < 4; n++) await postgres.sql(CUT)
    await last()
    await postgres.sql(CUT)
  },

  'PostgreSQL turns read-only, and writes again': async (last) => {
    await postgres.sql('alter role service set default_transaction_read_only = on')
    await postgres.sql(CUT)
    await last()
    await postgres.sql('alter role service reset default_transaction_read_only')
  },

  'PostgreSQL has no connection left': async (last) => {
    await postgres.sql('alter role service connection limit 0')
    await postgres.sql(CUT)
    await last()
    await postgres.sql('alter role service connection limit -1')
  },

  'nobody listens at the address of PostgreSQL': onNetwork(network, 'refuse'),
  'connections to PostgreSQL are reset': onNetwork(network, 'reset'),
  'nothing arrives at PostgreSQL, nor comes from it': onNetwork(network, 'silence'),
  'everything is late on the way to PostgreSQL': onNetwork(network, 'slow'),
}

const atOnce = async () => {}
/** The last two leave connections that look open and lead nowhere: nothing but the deadline of a statement tells. */
const LONG_FAULTS: Record<string, Fault> = {
  'PostgreSQL is ended by kill -9 ten times': async () => {
    for (let n = 0; n < 10; n++) {
      await postgres.kill()
      await postgres.start()
      await wait(500)
    }
  },
  'the host of PostgreSQL is gone without a word, and another one is there': () => onNetwork(network, 'lose')(atOnce),
  'PostgreSQL has ended connections, and nobody heard': () => onNetwork(network, 'half-open')(atOnce),
}
for (const [what, fault] of Object.entries({ ...FAULTS, ...(isLong && LONG_FAULTS) })) {
  test(`${what}: nothing is lost or doubled, and boards are recorded again`, async (t) => {
    const outcome = await injectFault(t, system, () => fault(() => wait(isLong ? 20_000 : 1_000)))
    assertPromised(outcome, AS_PROMISED)
  })
}

testFailovers(system, isLong ? 4 : 1)
