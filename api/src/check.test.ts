import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { createDatabase } from '@jotc/testing/servers/database'
import { startEmailable } from '@jotc/testing/stand-ins/emailable'
import { startMail } from '@jotc/testing/stand-ins/mail'

test('what is there is said in a line each', async (t) => {
  const [database, mail, emailable] = await Promise.all([createDatabase(), startMail(), startEmailable()])
  t.after(() => Promise.all([database.drop(), mail.close(), emailable.close()]))
  const { said, code } = await checked({
    ...{ DATABASE_URL: database.url, MAIL_URL: mail.url, MAIL_FROM: 'Clouds <clouds@example.org>' },
    ...{ EMAILABLE_URL: emailable.url, EMAILABLE_API_KEY: 'live_key' },
  })
  assert.match(
    said,
    /^warn database: PostgreSQL 18.*owner.*\nwarn redis: .*\nok {3}mail: .*\nok {3}verifier: .*deliverable.*\n$/,
  )
  assert.equal(code, 0)
  assert.deepEqual(mail.received, [])
})

test('what is away or refuses us is named, and no password is shown', async (t) => {
  const emailable = await startEmailable()
  t.after(() => emailable.close())
  const { said, code } = await checked({
    ...{ DATABASE_URL: 'postgres://jotc:s3cret@127.0.0.1:1/jotc', REDIS_URL: 'redis://:s3cret@127.0.0.1:1' },
    ...{ MAIL_URL: 'smtp://user:s3cret@127.0.0.1:1', MAIL_FROM: 'status402@example.org' },
    ...{ EMAILABLE_URL: emailable.url, EMAILABLE_API_KEY: 's3cret' },
  })
  const refused = 'ECONNREFUSED.*\\n'
  assert.match(
    said,
    RegExp(
      `^FAIL database: .*${refused}FAIL redis: .*${refused}FAIL mail: mail: ESOCKET CONN.*\nFAIL verifier: .*402.*\n$`,
    ),
  )
  assert.doesNotMatch(said, /s3cret/)
  assert.equal(code, 1)
})

test('a setting that is wrong is named', async () => {
  const { said, code } = await checked({ DATABASE_URL: 'mysql://x' })
  assert.match(said, /^FAIL settings: DATABASE_URL does not fit/)
  assert.equal(code, 1)
})

async function checked(settings: Record<string, string>) {
  const env = { APP_ENV: 'test', JWT_SECRETS: 'x'.repeat(32), SIGN_IN: 'code', ...settings }
  return await new Promise<{ said: string; code: unknown }>((resolve) => {
    execFile(process.execPath, [join(import.meta.dirname, 'check.ts')], { env }, (error, said) =>
      resolve({ said, code: error?.code ?? 0 }),
    )
  })
}
