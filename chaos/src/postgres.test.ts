import { setTimeout as wait } from 'node:timers/promises'
import { testPostgresFaults } from './faults/postgres-faults.ts'

await testPostgresFaults('for a second', () => wait(1_000))
