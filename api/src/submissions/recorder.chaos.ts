import { test } from 'node:test'
import { killsUnderLoad } from '@jotc/testing/kills'

test('service, database and both killed twenty times under load: what was answered is kept, once', (t) =>
  killsUnderLoad(t, 20))
