import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { temporaryFolder } from '@jotc/testing/folder'
import { createDatabase } from '@jotc/testing/servers/database'
import { startProcess } from '@jotc/testing/service/process'
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

test('every alert says in one sentence what is the matter, has its line in the operations guide, and is tested to fire', () => {
  const guide = file('../../docs/operations.md')
  for (const { alert, annotations } of rules) {
    assert.deepEqual(Object.keys(annotations), ['summary'], alert)
    assert.match(guide, new RegExp(`^\\| \`${alert}\``, 'm'))
  }
  const tests = file('alerts.test.yaml').matchAll(/alertname: (\w+)\n +exp_alerts:\n/g)
  assert.deepEqual([...new Set([...tests].map(([, name]) => name))].sort(), rules.map(({ alert }) => alert).sort())
})

/** What others measure: their exporters, Prometheus itself, and deploy/backup. */
const OF_OTHERS = /^(?:up|probe_|node_filesystem_|kube_deployment_|jotc_backup_)/

for (const check of [
  ['test', 'rules', 'alerts.test.yaml'],
  ['check', 'config', '--syntax-only', 'prometheus.yaml'],
]) {
  test(`promtool ${check.join(' ')}`, { skip: skipWithout('promtool') }, () => {
    const { status, stdout, stderr } = spawnSync('promtool', check, { cwd: import.meta.dirname, encoding: 'utf8' })
    assert.equal(status, 0, stdout + stderr)
  })
}

test('Alertmanager gets a configuration from the address of the mail server, whatever its password', () => {
  using folder = temporaryFolder('alerts')
  const [MAIL_URL_FILE, config] = [join(folder.path, 'mail_url'), join(folder.path, 'config.yml')]
  const set = { MAIL_URL_FILE, MAIL_FROM: "O'Hara <clouds@example.org>", ALERTS_TO: 'ops@example.org' }
  const configured = (url: string) => {
    writeFileSync(MAIL_URL_FILE, url)
    const options = { cwd: import.meta.dirname, env: { ...process.env, ...set }, encoding: 'utf8' } as const
    const { stdout, stderr } = spawnSync('sh', ['alertmanager.sh'], options)
    assert.equal(stderr, '')
    writeFileSync(config, stdout)
    if (skipWithout('amtool') === false) assert.equal(spawnSync('amtool', ['check-config', config]).status, 0)
    return parse(stdout).global
  }
  assert.deepEqual(configured("smtps://me%40example.org:%40:'%25%22ü@mail.example.org"), {
    smtp_smarthost: 'mail.example.org:465',
    smtp_from: "O'Hara <clouds@example.org>",
    smtp_require_tls: true,
    smtp_auth_username: 'me@example.org',
    smtp_auth_password: `@:'%"ü`,
  })
  assert.deepEqual(configured('smtp://mail:2525').smtp_require_tls, false)
})

/** Names of series: those of a histogram with their endings. */
async function metricsOf(t: TestContext): Promise<Set<string>> {
  const database = await createDatabase()
  t.after(() => database.drop())
  const urls = { DATABASE_URL: database.url, DATABASE_READ_URL: database.url }
  const url = await startProcess(t, { APP_ENV: 'test', ...urls, LOG_LEVEL: 'info' }).listening()
  const text = await (await fetch(`${url}/metrics`)).text()
  const names = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? ['_bucket', '_count', '_sum'].map((ending) => name + ending) : [name],
  )
  return new Set(names)
}

/** The names in an expression that stand where a series does: before its labels, its range, or nothing. */
function unknownIn(expression: string, known: Set<string>): string[] {
  const withoutLabels = expression.replace(/\{[^}]*\}/g, '').replace(/\b(?:by|without) \([^)]*\)/g, '')
  const names = [...withoutLabels.matchAll(/\b[a-z]\w*\b(?!\s*\()/g)].map(([name]) => name)
  return names.filter(
    (name) => /^[a-z]+_/.test(name) && !name.startsWith('__') && !known.has(name) && !OF_OTHERS.test(name),
  )
}

function skipWithout(program: string): string | false {
  return spawnSync(program, ['--version']).error ? `There is no ${program} on this machine.` : false
}
