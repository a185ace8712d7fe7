import { testKills } from './kills.ts'
import { testWorkers } from './workers.ts'

testWorkers({ kills: 8, replacements: 10 })
testKills(20)
