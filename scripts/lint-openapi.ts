/** Lints the service's OpenAPI document by Redocly's recommended rules. Needs no database: no statement is run. */

import { createConfig, lintFromString } from '@redocly/openapi-core'
import { app } from '../api/src/app.ts'
import { readConfig } from '../api/src/config.ts'

const { config } = readConfig({
  ...{ APP_ENV: 'test', LOG_LEVEL: 'silent', JWT_SECRETS: 'nothing is ever signed with this secret' },
  DATABASE_URL: 'postgres://nobody@localhost/nothing',
})
const api = await app(config)
await api.ready()
const rules = { 'no-invalid-schema-examples': 'error', 'no-invalid-media-type-examples': 'error' } as const
const problems = await lintFromString({
  source: JSON.stringify(api.swagger()),
  config: await createConfig({ extends: ['recommended'], rules }),
})
await api.close()
for (const { severity, ruleId, message, location } of problems) {
  console.log(`${severity} ${ruleId}: ${message} ${location.map(({ pointer }) => pointer).join(' ')}`)
}
process.exitCode = problems.length === 0 ? 0 : 1
