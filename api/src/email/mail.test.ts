import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { type TestContext, test } from 'node:test'
import { logOf } from '@jotc/testing/service/log'
import { systemByCode } from '@jotc/testing/service/system'
import { mailServer } from './mail.ts'

const MESSAGE = { to: 'ana@example.org', subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' }

const steps: [what: string, play: (socket: Socket) => unknown, said: RegExp][] = [
  ['that never greets', () => {}, /^mail: connected, but not greeted in time/],
  [
    'that greets and then says nothing',
    (socket) => socket.write('220 hello\r\n'),
    /^mail: greeted, but no answer in time/,
  ],
  ['that turns us away', (socket) => socket.write('554 ana@example.org is nobody\r\n'), /^mail: \w+ CONN 554$/],
  ['that hangs up', (socket) => socket.end(), /^mail: \w+ CONN$/],
]
for (const [what, play, said] of steps) {
  test(`of a mail server ${what} it is said which step failed, whether it is tried or used`, async (t) => {
    const { deliver, verify } = await mailServer(await playing(t, play), 'clouds@example.org', 200)
    await assert.rejects(verify(), { message: said })
    await assert.rejects(deliver(MESSAGE), { message: said })
  })
}

test('the log says whether anybody will get a code', async (t) => {
  const { api, mail } = await systemByCode(t)
  const { lines } = logOf(api)
  await api.mail.logStatus()
  await mail.close()
  await api.mail.logStatus()
  assert.deepEqual(
    lines.map(({ level, msg }) => [level, msg]),
    [
      [30, 'the mail server lets us in'],
      [40, 'the mail server does not let us in: nobody gets a code'],
    ],
  )
})

async function playing(t: TestContext, play: (socket: Socket) => unknown): Promise<string> {
  const server = createServer((socket) => {
    t.after(() => socket.destroy())
    socket.on('error', () => {})
    play(socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  t.after(() => server.close())
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`
}
