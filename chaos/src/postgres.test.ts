import { setTimeout as wait } from 'node:timers/promises'
import { testFailovers } from './failover.ts'
import { testPostgresFaults } from './faults/postgres-faults.ts'

const system = await testPostgresFaults('for a second', () => wait(1_000))
testFailovers(system, 1)
