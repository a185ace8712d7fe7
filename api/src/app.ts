import fastify, { type FastifyInstance } from 'fastify'
import pkg from '../package.json' with { type: 'json' }
import { accounts } from './auth/accounts.ts'
import { apiTokens } from './auth/api-tokens.ts'
import { passkeys } from './auth/passkeys.ts'
import { reports } from './auth/reports.ts'
import { revocations } from './auth/revocations.ts'
import { sessions } from './auth/sessions.ts'
import { signedIn } from './auth/signed-in.ts'
import { tokens } from './auth/tokens.ts'
import { database } from './database/database.ts'
import { sweeper } from './database/sweeper.ts'
import { mail } from './email/mail.ts'
import { verifier } from './email/verifier.ts'
import { drain } from './http/drain.ts'
import { errorHandler } from './http/error-handler.ts'
import { headers } from './http/headers.ts'
import { input } from './http/input.ts'
import { loadShedding } from './http/load-shedding.ts'
import { openapi } from './http/openapi.ts'
import { allowedMethods, serverOptions } from './http/server.ts'
import { meRoutes } from './me/routes.ts'
import { logging, requestLog } from './observe/log.ts'
import { logOutput } from './observe/log-output.ts'
import { metrics } from './observe/metrics.ts'
import { opsRoutes } from './ops/routes.ts'
import { rateLimits } from './redis/rate-limit.ts'
import { redis } from './redis/redis.ts'
import type { Config } from './settings.ts'
import { signInRoutes } from './sign-in/routes.ts'
import { recorder } from './submissions/recorder.ts'
import { submissionRoutes } from './submissions/routes.ts'
import { userRoutes } from './users/routes.ts'

/** The service, not yet listening: what it is made of, in the order in which a request meets it. */
export async function app(config: Config): Promise<FastifyInstance> {
  const api = fastify({
    ...logging(config.LOG_LEVEL, await logOutput(config.LOG_FORMAT)),
    ...serverOptions(config.CORS_ORIGINS, config.TRUST_PROXY),
  })
  // JSON is the one type of body: any other is a 415.
  api.removeContentTypeParser('text/plain')

  // First, so that no line of a request is without it.
  await api.register(requestLog, { client: config.LOG_CLIENT === 'on' })
  // Metrics come before all that counts something, the error handler before whatever can fail, so that it is answered as a problem.
  // Headers and CORS come before anything that can refuse, so that every answer has them.
  await api.register(metrics)
  await api.register(errorHandler, { detailed: config.APP_ENV !== 'production' })
  await api.register(headers, { origins: config.CORS_ORIGINS })
  await api.register(drain)
  await api.register(loadShedding)
  await api.register(input)

  // What resources share. The database and Redis come before what keeps something in them; revocations say when
  // an account in memory is old, and `signedIn` needs all that is known of a token.
  await api.register(database, {
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    readPoolSize: config.DATABASE_READ_POOL_SIZE,
    readUrl: config.DATABASE_READ_URL,
    lagLimitS: config.DATABASE_READ_LAG_LIMIT,
  })
  await api.register(redis, { url: config.REDIS_URL })
  await api.register(rateLimits)
  await api.register(sweeper)
  await api.register(verifier, {
    url: config.EMAILABLE_URL,
    key: config.EMAIL_VERIFICATION === 'on' ? config.EMAILABLE_API_KEY : undefined,
  })
  await api.register(mail, { url: config.MAIL_URL, from: config.MAIL_FROM })
  await api.register(revocations)
  await api.register(accounts)
  await api.register(tokens, { secrets: config.JWT_SECRETS, lifetimeS: config.JWT_LIFETIME })
  await api.register(sessions, { idleS: config.SESSION_IDLE, lifetimeS: config.SESSION_LIFETIME })
  await api.register(apiTokens)
  await api.register(passkeys, { appUrl: config.APP_URL })
  await api.register(signedIn, { perMinute: config.RATE_LIMIT })
  await api.register(reports, { lagLimitS: config.DATABASE_READ_LAG_LIMIT })

  // These two learn of every route that is registered after them.
  await api.register(allowedMethods)
  await api.register(openapi, { version: pkg.version })

  await api.register(opsRoutes, { version: pkg.version, commit: config.COMMIT })
  await api.register(signInRoutes, {
    mode: config.SIGN_IN,
    perMinute: config.RATE_LIMIT_LOGIN,
    minimumAge: config.MINIMUM_AGE,
    mailsPerHour: config.MAILS_PER_HOUR,
    secrets: config.JWT_SECRETS,
    // In production only who has proven to own an address is given what it stands for.
    adminEmails: config.APP_ENV === 'production' && config.SIGN_IN === 'details' ? [] : config.ADMIN_EMAILS,
    firstIsAdmin: config.APP_ENV !== 'production',
  })
  await api.register(meRoutes)
  await api.register(recorder)
  await api.register(userRoutes)
  await api.register(submissionRoutes)
  return api
}
