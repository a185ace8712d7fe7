import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createDatabase } from '@jotc/testing/database'
import { startProcess } from '@jotc/testing/process'
import { parse } from 'yaml'

type Dashboard = { panels: { title: string; targets: { expr: string }[] }[] }
type Alerts = { groups: { rules: { alert: string; expr: string; annotations: object }[] }[] }

const file = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8')
const dashboard: Dashboard = JSON.parse(file('dashboards/service.json'))
const rules = (parse(file('alerts.yaml')) as Alerts).groups.flatMap((group) => group.rules)

test('every metric that the dashboard and the alerts name is one of a running service', async (t) => {
  const known = await metricsOf(t)
  for (const { title, targets } of dashboard.panels) {
    for (const { expr } of targets) assert.deepEqual(unknownIn(expr, known), [], `panel “${title}”`)
  }
  for (const { alert, expr } of rules) assert.deepEqual(unknownIn(expr, known), [], `alert ${alert}`)
})

test('every alert says in one sentence what is the matter', () => {
  for (const { alert, annotations } of rules) assert.deepEqual(Object.keys(annotations), ['summary'], alert)
})

test('every alert has its line in the operations guide', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8')
  for (const { alert } of rules) assert.match(guide, new RegExp(`^\\| \`${alert}\``, 'm'))
})

/** Names of series: those of a histogram with their endings. */
async function metricsOf(t: TestContext): Promise<Set<string>> {
  const database = await createDatabase()
  t.after(() => database.drop())
  const url = await startProcess(t, { APP_ENV: 'test', DATABASE_URL: database.url, LOG_LEVEL: 'info' }).listening()
  const text = await (await fetch(`${url}/metrics`)).text()
  const names = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? ['_bucket', '_count', '_sum'].map((ending) => name + ending) : [name],
  )
  // Prometheus makes this one itself.
  return new Set([...names, 'up'])
}

/** The names in an expression that stand where a series does: before its labels, its range, or nothing. */
function unknownIn(expression: string, known: Set<string>): string[] {
  const withoutLabels = expression.replace(/\{[^}]*\}/g, '').replace(/\b(?:by|without) \([^)]*\)/g, '')
  const names = [...withoutLabels.matchAll(/\b[a-z]\w*\b(?!\s*\()/g)].map(([name]) => name)
  return names.filter((name) => /^[a-z]+_/.test(name) && !name.startsWith('__') && !known.has(name))
}
