import { monitorEventLoopDelay } from 'node:perf_hooks'
import fp from 'fastify-plugin'
import { problemBody } from './error-handler.ts'
import { overloaded } from './errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The client decides how long the answer lasts, so it does not count as in flight. */
    streaming?: boolean
  }
}

/** Requests in flight: room for a burst; where a queue builds up, a second's work, but never less than the minimum. */
const MAX_IN_FLIGHT = 500
const MIN_IN_FLIGHT = 50
/** Connections of a worker. Further ones go to other workers, or are refused. */
const MAX_CONNECTIONS = 10_000
const MAX_EVENT_LOOP_DELAY_MS = 500
const SAMPLE_INTERVAL_MS = 1_000
/** The event loop counts as late after so many late samples in a row: a single one may be one long task. */
const LATE_SAMPLES = 2
const { message: DETAIL, headers: HEADERS } = overloaded()

/**
 * Answers `503` at once when a worker has too much to do, which bounds the wait of the requests it serves: too many
 * requests in flight, or an event loop that is late on average for two seconds. The limit follows what was answered in
 * the last second, so it suits slow machines and databases too.
 *
 * Never shed: operational routes, which operators need under overload, and preflights (headers.ts answers them first),
 * without which the browser hides the 503. A request is in flight once its body has arrived, so slow senders are no load.
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
      // Not thrown: each error would be logged.
      return reply
        .code(503)
        .headers(HEADERS)
        .type('application/problem+json')
        .send(JSON.stringify({ ...problemBody('overloaded', request.id), detail: DETAIL }))
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
    // Not earlier: the start itself blocks the event loop.
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
