import fastify, { type FastifyInstance } from 'fastify'
import pkg from '../package.json' with { type: 'json' }
import { accounts } from './auth/accounts.ts'
import { apiTokens } from './auth/api-tokens.ts'
import { passkeys } from './auth/passkeys.ts'
import { readRouting } from './auth/read-routing.ts'
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

/** Builds the service, not yet listening: its parts, in the order in which a request passes through them. */
export async function app(config: Config): Promise<FastifyInstance> {
  const api = fastify({
    ...logging(config.LOG_LEVEL, await logOutput(config.LOG_FORMAT)),
    ...serverOptions(config.CORS_ORIGINS, config.TRUST_PROXY),
  })
  // Bodies are JSON; any other type is a 415.
  api.removeContentTypeParser('text/plain')

  // First the log, so that every line of a request has the caller's trace. Then metrics, which the rest registers with,
  // and the error handler, before anything that can fail. Headers and CORS come before anything that can reject a
  // request, so that every answer has them.
  await api.register(requestLog, { client: config.LOG_CLIENT === 'on' })
  await api.register(metrics)
  await api.register(errorHandler, { detailed: config.APP_ENV !== 'production' })
  await api.register(headers, { origins: config.CORS_ORIGINS })
  await api.register(drain)
  await api.register(loadShedding)
  await api.register(input)

  // What resources share: each plugin after those that it uses.
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
  await api.register(readRouting, { lagLimitS: config.DATABASE_READ_LAG_LIMIT })

  // These two see every route that is registered after them.
  await api.register(allowedMethods)
  await api.register(openapi, { version: pkg.version })

  await api.register(opsRoutes, { version: pkg.version, commit: config.COMMIT })
  await api.register(signInRoutes, {
    mode: config.SIGN_IN,
    perMinute: config.RATE_LIMIT_LOGIN,
    minimumAge: config.MINIMUM_AGE,
    mailsPerHour: config.MAILS_PER_HOUR,
    secrets: config.JWT_SECRETS,
    // In production an address counts only once its owner has proven it.
    adminEmails: config.APP_ENV === 'production' && config.SIGN_IN === 'details' ? [] : config.ADMIN_EMAILS,
    firstIsAdmin: config.APP_ENV !== 'production',
  })
  await api.register(meRoutes)
  await api.register(recorder)
  await api.register(userRoutes)
  await api.register(submissionRoutes)
  return api
}
