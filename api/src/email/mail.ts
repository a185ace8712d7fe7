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
   * Sends an email. Resolves when the mail server has accepted it.
   *
   * @throws {HttpError} `mail-unavailable`, if it has not within 10 s
   */
  send(message: Message): Promise<void>
  /** Sends an email in the background, if there is a mail server. A failure is only logged. */
  notify(message: Message): void
  /**
   * Sends nothing, but takes as long as one of the last emails, and fails if that one failed. So no answer reveals that
   * an email was not sent.
   */
  pretendToSend(): Promise<void>
  /** Counts an email that was not sent because the budget is used up. */
  countOverBudget(): void
  /** Logs whether the mail server accepts us, so that a mistake shows before somebody needs a code. */
  logStatus(): Promise<void>
}

export function mailUnavailable(cause: Error): HttpError {
  const detail = 'We could not send your code. The problem is not your address. Try again in a minute.'
  return new HttpError('mail-unavailable', detail, { retryAfterS: 10, cause })
}

/**
 * Some servers greet unknown clients late on purpose. Together with the 4 s for a verdict (sign-in/sign-in.ts), a
 * sign-in is answered within the 15 s that the page waits.
 */
const SEND_TIMEOUT_MS = 10_000

/** How many of the last emails `pretendToSend` imitates. */
const MAX_RECENT = 16

/** Email by SMTP, as `api.mail`. Without a `url` there is no mail server, and every email fails. */
export const mail = fp<{ url: string | undefined; from: string | undefined }>(
  async (api, { url, from }) => {
    const outcomes = api.metrics.counter('jotc_mails_total', 'Emails that were to be sent.', ['outcome'])
    for (const outcome of ['sent', 'failed', 'over-budget']) outcomes.inc({ outcome }, 0)
    const server = url !== undefined && from !== undefined ? await mailServer(url, from) : undefined
    api.addHook('onClose', async () => server?.close())
    const recent: { tookMs: number; failure: HttpError | undefined }[] = []

    api.decorate('mail', {
      async send(message) {
        const begun = performance.now()
        const failure = await (server?.deliver(message) ?? Promise.reject(new Error('MAIL_URL is not set'))).then(
          () => undefined,
          mailUnavailable,
        )
        outcomes.inc({ outcome: failure ? 'failed' : 'sent' })
        recent.push({ tookMs: performance.now() - begun, failure })
        if (recent.length > MAX_RECENT) recent.shift()
        if (failure) throw failure
      },
      async pretendToSend() {
        const one = recent[randomInt(Math.max(1, recent.length))]
        await wait(one?.tookMs ?? 0)
        if (one?.failure) throw one.failure
      },
      notify(message) {
        server?.deliver(message).then(
          () => outcomes.inc({ outcome: 'sent' }),
          (error: Error) => {
            outcomes.inc({ outcome: 'failed' })
            api.log.warn({ reason: error.message }, 'could not send a notification email')
          },
        )
      },
      countOverBudget: () => outcomes.inc({ outcome: 'over-budget' }),
      async logStatus() {
        await server?.verify().then(
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
 * A client of a mail server. Its errors name the step that failed, and never quote the server, which may repeat the
 * address.
 *
 * @param stepMs the timeout of one step: shorter than that of the whole, so that the error names the step
 */
export async function mailServer(url: string, from: string, stepMs = SEND_TIMEOUT_MS - 1_000) {
  // Only loaded if there is a mail server.
  const { createTransport } = await import('nodemailer')
  const transport = createTransport(
    { url, connectionTimeout: stepMs, greetingTimeout: stepMs, socketTimeout: stepMs },
    { from, disableFileAccess: true, disableUrlAccess: true, headers: { 'Auto-Submitted': 'auto-generated' } },
  )
  const nameStep = (error: Partial<SmtpError>): never => {
    const { name, code, command, responseCode, timeoutType } = error
    const step = TIMEOUTS[timeoutType ?? ''] ?? [code ?? name, command, responseCode].filter(Boolean).join(' ')
    throw new Error(`mail: ${step}`)
  }
  return {
    async deliver(message: Message): Promise<void> {
      await transport.sendMail({ ...message, signal: AbortSignal.timeout(SEND_TIMEOUT_MS) }).catch(nameStep)
    },
    /** Connects and signs in, without sending anything. */
    async verify(): Promise<void> {
      await within(SEND_TIMEOUT_MS, transport.verify()).catch(nameStep)
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
