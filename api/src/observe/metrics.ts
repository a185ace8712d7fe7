import cluster from 'node:cluster'
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client'
import fp from 'fastify-plugin'
import { logLines } from './log-output.ts'

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics
  }
}

/** Where plugins and resources register their metrics. Names begin with `jotc_`. */
export type Metrics = {
  /** Summed over workers. */
  counter<Label extends string>(name: string, help: string, labels: Label[]): Counter<Label>
  /** A counter whose values are kept elsewhere: `read` returns one for each label, at each scrape. */
  counts(name: string, help: string, label: string, read: () => Record<string, number>): void
  /** Summed over workers. @param buckets upper bounds */
  histogram<Label extends string>(name: string, help: string, buckets: number[], labels: Label[]): Histogram<Label>
  /** A value of each worker: `read` is called at each scrape. */
  gauge(name: string, help: string, read: () => number): void
  /** The same with a value for each label. */
  gauges(name: string, help: string, label: string, read: () => Record<string, number>): void
  /** The metrics of all workers as text for Prometheus. Rejects when a worker does not answer within 5 s. */
  text(): Promise<string>
}

/** A worker's question to the supervisor, who knows all workers (supervisor/supervise.ts), and the answer. */
export type MetricsQuestion = { kind: 'metrics wanted' }
export type MetricsAnswer = { kind: 'metrics'; text: string | undefined }

/** In seconds: from a quick answer to the database's deadline. */
const HTTP_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * Metrics for Prometheus, as `api.metrics`. Counters and histograms are summed over workers; those of a worker that ends
 * in order stay in the sum, those of one that is killed are lost. Gauges and process metrics have the label `worker`, a
 * number for each process, and end with it.
 */
export const metrics = fp(
  async (api) => {
    const summed = new Registry()
    const single = new Registry()
    const worker = String(cluster.worker?.id ?? 0)
    collectDefaultMetrics({ register: single, labels: { worker } })
    if (cluster.isWorker) {
      AggregatorRegistry.setRegistries([summed, single])
      const aggregator = new AggregatorRegistry()
      api.addHook('onClose', async () => {
        AggregatorRegistry.setRegistries(summed)
        await aggregator.shutdown().catch(() => {})
      })
    }

    const inSums = { registers: [summed] }
    const inSingles = { registers: [single] }
    api.decorate('metrics', {
      counter: (name, help, labelNames) => new Counter({ name, help, labelNames, ...inSums }),
      counts(name, help, label, read) {
        const collect = collector<Counter<string>>((counter) => {
          counter.reset()
          for (const [state, count] of Object.entries(read())) counter.inc({ [label]: state }, count)
        })
        new Counter({ name, help, labelNames: [label], collect, ...inSums })
      },
      histogram: (name, help, buckets, labelNames) => new Histogram({ name, help, buckets, labelNames, ...inSums }),
      gauge(name, help, read) {
        const collect = collector<Gauge<string>>((gauge) => gauge.set({ worker }, read()))
        new Gauge({ name, help, labelNames: ['worker'], collect, ...inSingles })
      },
      gauges(name, help, label, read) {
        const collect = collector<Gauge<string>>((gauge) => {
          for (const [state, value] of Object.entries(read())) gauge.set({ worker, [label]: state }, value)
        })
        new Gauge({ name, help, labelNames: ['worker', label], collect, ...inSingles })
      },
      text: cluster.isWorker ? askSupervisor() : () => Registry.merge([summed, single]).metrics(),
    })

    api.metrics.counts('jotc_log_lines_total', 'Lines of the log.', 'outcome', () => logLines)
    const durations = api.metrics.histogram(
      'jotc_http_request_duration_seconds',
      'Requests by route and status, and how long they took. A path that no route has is “none”.',
      HTTP_BUCKETS,
      ['method', 'route', 'status'],
    )
    api.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
      const labels = { method, route: routeOptions.url ?? 'none', status: reply.statusCode }
      durations.observe(labels, reply.elapsedTime / 1000)
      done()
    })
  },
  { name: 'metrics' },
)

/** The client library passes the metric as `this`. */
function collector<Metric>(fill: (metric: Metric) => void) {
  return function (this: Metric) {
    fill(this)
  }
}

/** Asks for the metrics of all workers; concurrent scrapes share one answer. */
function askSupervisor(): () => Promise<string> {
  let pending: PromiseWithResolvers<string> | undefined
  process.on('message', (message: MetricsAnswer) => {
    if (message.kind !== 'metrics') return
    if (message.text === undefined) pending?.reject(new Error('A worker did not answer in time.'))
    else pending?.resolve(message.text)
    pending = undefined
  })
  return () => {
    if (!pending) {
      pending = Promise.withResolvers()
      process.send?.({ kind: 'metrics wanted' } satisfies MetricsQuestion)
    }
    return pending.promise
  }
}
