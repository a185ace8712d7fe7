import { testWorkers } from './workers.ts'

testWorkers({ kills: 8, replacements: 10 })
