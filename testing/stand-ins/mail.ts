import assert from 'node:assert/strict'
import EventEmitter, { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { text } from 'node:stream/consumers'

/** One mail as it came: the recipient of its envelope, and its source. */
type Received = { to: string; source: string }

export type MailStandIn = Awaited<ReturnType<typeof startMail>>

/** A mail server on the loopback that keeps what it receives. */
export async function startMail() {
  // Most tests need none.
  const { SMTPServer } = await import('smtp-server')
  const received: Received[] = []
  const arrivals = new EventEmitter()
  let status = 250
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      if (status === 250) return done()
      done(Object.assign(new Error(`<${address}>: not now`), { responseCode: status }))
    },
    onData(stream, { envelope }, done) {
      text(stream).then((source) => {
        const to = envelope.rcptTo[0]?.address ?? ''
        received.push({ to, source })
        arrivals.emit(to, source)
        done()
      }, done)
    },
  })
  server.on('error', () => {})
  const listening: Server = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const to = (email: string) => received.filter((mail) => mail.to === email)
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    /** Every mail so far, oldest first. */
    received,
    countFor: (email: string) => to(email).length,
    /** The source of the next mail to an address. */
    next: async (email: string) => String((await once(arrivals, email))[0]),
    /** The newest code that was mailed to an address. */
    codeFor(email: string) {
      const codes = to(email).map(({ source }) => /^ {4}(\d{6}(?: \d{6})?)\r?$/m.exec(source)?.[1]?.replace(' ', ''))
      const code = codes.findLast((code) => code !== undefined)
      assert.ok(code, `no code was mailed to ${email}`)
      return code
    },
    /** Refuses what comes from now on with this status of SMTP, repeating the address as servers do; 250 accepts again. */
    answerWith: (next: number) => {
      status = next
    },
    async close() {
      server.close()
      await once(listening, 'close')
    },
  }
}
