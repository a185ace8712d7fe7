import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { createTransport } from 'nodemailer'
import { HttpError } from '../http/errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    mail: Mailer
  }
}

export type Message = { to: string; subject: string; text: string; html: string }

export type Mailer = {
  /**
   * Sends one email. Resolves when the mail server has accepted it.
   *
   * @throws {HttpError} `mail-unavailable`, when it has not within 3 s
   */
  send(message: Message): Promise<void>
  /**
   * Sends none, but takes as long as one of the last emails did, and fails if that one failed: so no answer shows
   * that an email was not sent.
   */
  pretend(): Promise<void>
  /** Counts an email that was not sent because the budget is used up. */
  countOverBudget(): void
}

/** Whatever the reason, it is not the visitor's fault. */
export function mailUnavailable(cause: Error): HttpError {
  const detail = 'We could not send your code. The problem is not your address. Try again in a minute.'
  return new HttpError('mail-unavailable', detail, { retryAfterS: 10, cause })
}

/** With the 4 s that a sign-in waits for a verdict (sign-in/sign-in.ts), it is answered within 8 s. */
const SEND_TIMEOUT_MS = 3_000

/** How many of the last emails `pretend` takes its time from. */
const REMEMBERED = 16

/** Email by SMTP, as `api.mail`. Without a `url` there is no mail server, and every email is rejected. */
export const mail = fp<{ url: string | undefined; from: string | undefined }>(
  async (api, { url, from }) => {
    const outcomes = api.metrics.counter('jotc_mails_total', 'Emails that were to be sent.', ['outcome'])
    const deliver = url !== undefined && from !== undefined ? bySmtp(api, url, from) : undefined
    const last: { tookMs: number; failure: HttpError | undefined }[] = []

    api.decorate('mail', {
      async send(message) {
        const begun = performance.now()
        const failure = await (deliver?.(message) ?? Promise.reject(new Error('MAIL_URL is not set'))).then(
          () => undefined,
          mailUnavailable,
        )
        outcomes.inc({ outcome: failure ? 'failed' : 'sent' })
        last.push({ tookMs: performance.now() - begun, failure })
        if (last.length > REMEMBERED) last.shift()
        if (failure) throw failure
      },
      async pretend() {
        const one = last[randomInt(Math.max(1, last.length))]
        await wait(one?.tookMs ?? 0)
        if (one?.failure) throw one.failure
      },
      countOverBudget: () => outcomes.inc({ outcome: 'over-budget' }),
    })
  },
  { name: 'mail', dependencies: ['metrics'] },
)

function bySmtp(api: FastifyInstance, url: string, from: string): (message: Message) => Promise<void> {
  const transport = createTransport(
    { url, connectionTimeout: SEND_TIMEOUT_MS, greetingTimeout: SEND_TIMEOUT_MS, socketTimeout: SEND_TIMEOUT_MS },
    { from, disableFileAccess: true, disableUrlAccess: true, headers: { 'Auto-Submitted': 'auto-generated' } },
  )
  api.addHook('onClose', async () => transport.close())
  return async (message) => {
    try {
      await transport.sendMail({ ...message, signal: AbortSignal.timeout(SEND_TIMEOUT_MS) })
    } catch (error) {
      throw inWords(error)
    }
  }
}

/** What went wrong, without what the server says: it repeats the address. */
function inWords(error: unknown): Error {
  const { name, code, command, responseCode } = error as Record<string, string | number | undefined>
  return new Error(`mail: ${[code ?? name, command, responseCode].filter(Boolean).join(' ')}`)
}
