import { monitorEventLoopDelay } from 'node:perf_hooks'
import fp from 'fastify-plugin'
import { problemBody } from './error-handler.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer lasts as long as the client likes: it does not count as in flight. */
    streaming?: boolean
  }
}

/** Requests that a worker takes at once: room for a burst, and where a queue stays, for a second's work. */
const MAX_IN_FLIGHT = 500
const MIN_IN_FLIGHT = 50
/** Connections that a worker holds; more of them are for the other workers, or refused. */
const MAX_CONNECTIONS = 10_000
const MAX_EVENT_LOOP_DELAY_MS = 500
const SAMPLE_INTERVAL_MS = 1_000
/** The event loop is late where it was so in so many samples in a row: a single one may be one long task. */
const LATE_SAMPLES = 2
const RETRY_AFTER_S = 2

/**
 * Answers `503` at once where a worker has too much to do, so that those whom it serves need not wait for ever: too
 * many requests in flight, or an event loop that is late on average, for two seconds. How many are too many follows the
 * pace of the last second, so that it holds for a slow machine or database as well.
 *
 * Never shed: what operators ask, who need it under overload, and preflights, which CORS answers before (headers.ts):
 * without one the browser hides the 503. A request is in flight once its body is here, so that slow senders are no load.
 */
export const loadShedding = fp(
  async (api) => {
    api.server.maxConnections = MAX_CONNECTIONS
    let inFlight = 0
    let answered = 0
    let limit = MAX_IN_FLIGHT
    let lateSamples = 0
    let shedLately = 0
    const shed = { queue: 0, 'event loop': 0 }

    api.addHook('onRequest', (request, reply, done) => {
      const why = inFlight >= limit ? 'queue' : lateSamples >= LATE_SAMPLES ? 'event loop' : undefined
      if (why === undefined || request.routeOptions.config.operational) return done()
      shed[why]++
      shedLately++
      const detail = 'The service is busy. Try again in a few seconds.'
      // Not thrown: an error would be a line of the log for each.
      return reply
        .code(503)
        .header('retry-after', RETRY_AFTER_S)
        .type('application/problem+json')
        .send(JSON.stringify({ ...problemBody('overloaded', request.id), detail }))
    })
    api.addHook('preValidation', (request, reply, done) => {
      if (!request.routeOptions.config.streaming) {
        inFlight++
        reply.raw.on('close', () => {
          inFlight--
          answered++
        })
      }
      done()
    })

    const delays = monitorEventLoopDelay()
    let sampling: NodeJS.Timeout | undefined
    // Not before: a start is a long task itself.
    api.addHook('onReady', async () => {
      delays.enable()
      sampling = setInterval(sample, SAMPLE_INTERVAL_MS).unref()
    })
    function sample() {
      limit = inFlight > answered ? Math.max(answered, MIN_IN_FLIGHT) : MAX_IN_FLIGHT
      answered = 0
      const delayMs = delays.mean / 1e6
      lateSamples = delayMs > MAX_EVENT_LOOP_DELAY_MS ? lateSamples + 1 : 0
      delays.reset()
      if (shedLately > 0) {
        const fields = { refused: shedLately, inFlight, limit, eventLoopDelayMs: Math.round(delayMs) }
        api.log.warn(fields, 'overloaded, requests refused')
      }
      shedLately = 0
    }
    api.addHook('onClose', async () => {
      clearInterval(sampling)
      delays.disable()
    })

    const help = 'Requests that have arrived and are not answered.'
    api.metrics.gauge('jotc_http_requests_in_flight', help, () => inFlight)
    api.metrics.counts('jotc_refused_early_total', 'Requests refused under overload.', 'why', () => shed)
  },
  { name: 'loadShedding', dependencies: ['metrics', 'headers'] },
)
