import { after } from 'node:test'
import { testFailovers } from './failover.ts'
import { startSystem } from './system.ts'

testFailovers(await startSystem({ after }), 4)
