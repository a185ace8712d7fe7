import fp from 'fastify-plugin'
import { createTransport } from 'nodemailer'
import { HttpError } from '../http/errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    mail: Mailer
  }
}

export type Message = { to: string; subject: string; text: string; html: string }

/**
 * Sends one mail. Resolves when the mail server has taken it.
 *
 * @throws {HttpError} `mail-unavailable`, when it has not within 3 s
 */
export type Mailer = (message: Message) => Promise<void>

/** The mail could not be sent: whatever the reason, it is not the visitor's. */
function mailUnavailable(cause: Error): HttpError {
  const detail = 'We could not send your code. The problem is not your address. Try again in a minute.'
  return new HttpError('mail-unavailable', detail, { retryAfterS: 10, cause })
}

/** In milliseconds. With the 4 s that a verdict is waited for (sign-in/verdict.ts), a sign-in is answered within 8 s. */
const SENT_WITHIN = 3_000

/** Mail by SMTP, as `api.mail`. Without a `url` there is no mail server: then all mails are refused. */
export const mail = fp<{ url: string | undefined; from: string | undefined }>(
  async (api, { url, from }) => {
    if (url === undefined || from === undefined) {
      api.decorate('mail', () => Promise.reject(mailUnavailable(new Error('there is no MAIL_URL'))))
      return
    }
    const transport = createTransport(
      { url, connectionTimeout: SENT_WITHIN, greetingTimeout: SENT_WITHIN, socketTimeout: SENT_WITHIN },
      { from, disableFileAccess: true, disableUrlAccess: true, headers: { 'Auto-Submitted': 'auto-generated' } },
    )
    api.decorate('mail', async (message) => {
      try {
        await transport.sendMail({ ...message, signal: AbortSignal.timeout(SENT_WITHIN) })
      } catch (error) {
        throw mailUnavailable(inWords(error))
      }
    })
    api.addHook('onClose', async () => transport.close())
  },
  { name: 'mail' },
)

/** What went wrong, without what the server says: it repeats the address. */
function inWords(error: unknown): Error {
  const { name, code, command, responseCode } = error as Record<string, string | number | undefined>
  return new Error(`mail: ${[code ?? name, command, responseCode].filter(Boolean).join(' ')}`)
}
