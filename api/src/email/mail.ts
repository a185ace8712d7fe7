import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import fp from 'fastify-plugin'
import { HttpError } from '../http/errors.ts'
import { within } from '../within.ts'

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
   * @throws {HttpError} `mail-unavailable`, when it has not within 10 s
   */
  send(message: Message): Promise<void>
  /**
   * Sends one in the background, where there is a mail server: nobody waits for it, and only the log says when it could
   * not be sent.
   */
  notify(message: Message): void
  /**
   * Sends none, but takes as long as one of the last emails did, and fails if that one failed: so no answer shows
   * that an email was not sent.
   */
  pretend(): Promise<void>
  /** Counts an email that was not sent because the budget is used up. */
  countOverBudget(): void
  /** Tells the log whether the mail server would take an email, so that a mistake shows before somebody needs a code. */
  tell(): Promise<void>
}

/** Whatever the reason, it is not the visitor's fault. */
export function mailUnavailable(cause: Error): HttpError {
  const detail = 'We could not send your code. The problem is not your address. Try again in a minute.'
  return new HttpError('mail-unavailable', detail, { retryAfterS: 10, cause })
}

/**
 * Some servers greet strangers late on purpose. With the 4 s that a sign-in waits for a verdict (sign-in/sign-in.ts), it
 * is answered within 15 s, which is what the page waits for.
 */
const SEND_TIMEOUT_MS = 10_000

/** How many of the last emails `pretend` takes its time from. */
const REMEMBERED = 16

/** Email by SMTP, as `api.mail`. Without a `url` there is no mail server, and every email is rejected. */
export const mail = fp<{ url: string | undefined; from: string | undefined }>(
  async (api, { url, from }) => {
    const outcomes = api.metrics.counter('jotc_mails_total', 'Emails that were to be sent.', ['outcome'])
    for (const outcome of ['sent', 'failed', 'over-budget']) outcomes.inc({ outcome }, 0)
    const server = url !== undefined && from !== undefined ? await mailServer(url, from) : undefined
    api.addHook('onClose', async () => server?.close())
    const last: { tookMs: number; failure: HttpError | undefined }[] = []

    api.decorate('mail', {
      async send(message) {
        const begun = performance.now()
        const failure = await (server?.deliver(message) ?? Promise.reject(new Error('MAIL_URL is not set'))).then(
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
      notify(message) {
        server?.deliver(message).then(
          () => outcomes.inc({ outcome: 'sent' }),
          (error: Error) => {
            outcomes.inc({ outcome: 'failed' })
            api.log.warn({ reason: error.message }, 'an email that nobody waited for could not be sent')
          },
        )
      },
      countOverBudget: () => outcomes.inc({ outcome: 'over-budget' }),
      async tell() {
        await server?.greet().then(
          () => api.log.info('the mail server lets us in'),
          (error: Error) =>
            api.log.warn({ reason: error.message }, 'the mail server does not let us in: nobody gets a code'),
        )
      },
    })
  },
  { name: 'mail', dependencies: ['metrics'] },
)

/**
 * A mail server by SMTP. What it rejects with says which step failed, and nothing that the server says: that repeats the
 * address.
 *
 * @param stepMs how long one step may take; sooner than all of it, so that what is said names the step
 */
export async function mailServer(url: string, from: string, stepMs = SEND_TIMEOUT_MS - 1_000) {
  // Not loaded where there is no mail server.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(
    { url, connectionTimeout: stepMs, greetingTimeout: stepMs, socketTimeout: stepMs },
    { from, disableFileAccess: true, disableUrlAccess: true, headers: { 'Auto-Submitted': 'auto-generated' } },
  )
  const inWords = (error: Partial<SmtpError>) => {
    const { name, code, command, responseCode, timeoutType } = error
    const step = TIMEOUTS[timeoutType ?? ''] ?? [code ?? name, command, responseCode].filter(Boolean).join(' ')
    throw new Error(`mail: ${step}`)
  }
  return {
    async deliver(message: Message): Promise<void> {
      await transport.sendMail({ ...message, signal: AbortSignal.timeout(SEND_TIMEOUT_MS) }).catch(inWords)
    },
    /** Connects and signs in, and sends nothing. */
    async greet(): Promise<void> {
      await within(SEND_TIMEOUT_MS, transport.verify()).catch(inWords)
    },
    close: () => transport.close(),
  }
}

type SmtpError = { name: string; code: string; command: string; responseCode: number; timeoutType: string }

const TIMEOUTS: Record<string, string> = {
  CONNECT_TIMEOUT: 'no connection in time (host, port, or a firewall)',
  GREETING_TIMEOUT: 'connected, but not greeted in time (smtps: where smtp: is meant, or the other way round?)',
  UPGRADE_TIMEOUT: 'greeted, but no TLS in time',
  SOCKET_TIMEOUT: 'greeted, but no answer in time',
}
