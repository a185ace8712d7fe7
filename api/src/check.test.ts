import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createDatabase } from '@jotc/testing/servers/database'
import { startEmailable } from '@jotc/testing/stand-ins/emailable'
import { startMail } from '@jotc/testing/stand-ins/mail'

test('what is there is said in a line each', async (t) => {
  const [database, mail, emailable] = await Promise.all([createDatabase(), startMail(), startEmailable()])
  t.after(() => Promise.all([database.drop(), mail.close(), emailable.close()]))
  const { lines, code } = await checked({
    ...{ DATABASE_URL: database.url, MAIL_URL: mail.url, MAIL_FROM: 'Clouds <clouds@example.org>' },
    ...{ EMAILABLE_URL: emailable.url, EMAILABLE_API_KEY: 'live_key' },
  })
  assert.match(
    lines.join('\n'),
    /^warn database: PostgreSQL 18.*owner.*\nwarn redis: .*\nok {3}mail: .*\nok {3}verifier: .*deliverable/,
  )
  assert.equal(code, 0)
  assert.deepEqual(mail.received, [])
})

test('what is away or refuses us is named, and no password is shown', async (t) => {
  const emailable = await startEmailable()
  t.after(() => emailable.close())
  const { lines, code } = await checked({
    ...{ DATABASE_URL: 'postgres://jotc:s3cret@127.0.0.1:1/jotc', REDIS_URL: 'redis://:s3cret@127.0.0.1:1' },
    ...{ MAIL_URL: 'smtp://user:s3cret@127.0.0.1:1', MAIL_FROM: 'status402@example.org' },
    ...{ EMAILABLE_URL: emailable.url, EMAILABLE_API_KEY: 's3cret' },
  })
  const said = [
    /^FAIL database: .*ECONNREFUSED/,
    /^FAIL redis: .*ECONNREFUSED/,
    /^FAIL mail: mail: ESOCKET CONN/,
    /^FAIL verifier: .*402/,
  ]
  for (const [index, line] of lines.entries()) assert.match(line, said[index] as RegExp)
  assert.equal(lines.length, said.length)
  assert.doesNotMatch(lines.join(), /s3cret/)
  assert.equal(code, 1)
})

test('a setting that is wrong is named', async () => {
  const { lines, code } = await checked({ DATABASE_URL: 'mysql://x' })
  assert.match(lines[0] ?? '', /^FAIL settings: DATABASE_URL does not fit/)
  assert.equal(code, 1)
})

async function checked(env: Record<string, string>) {
  const file = fileURLToPath(new URL('check.ts', import.meta.url))
  const options = {
    env: { APP_ENV: 'test', JWT_SECRETS: 'x'.repeat(32), SIGN_IN: 'code', ...env },
  }
  return await new Promise<{ lines: string[]; code: unknown }>((resolve) => {
    execFile(process.execPath, [file], options, (error, stdout) =>
      resolve({ lines: stdout.trim().split('\n'), code: error?.code ?? 0 }),
    )
  })
}
