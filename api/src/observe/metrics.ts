import cluster from 'node:cluster'
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client'
import fp from 'fastify-plugin'
import { logLines } from './log-output.ts'

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics
  }
}

/** Where each plugin and resource registers what it counts and measures; names begin with `jotc_`. */
export type Metrics = {
  /** What has happened so often, summed over workers. */
  counter<Label extends string>(name: string, help: string, labels: Label[]): Counter<Label>
  /** The same where something else keeps the counts: `read` is asked for each state's whenever somebody looks. */
  counts(name: string, help: string, label: string, read: () => Record<string, number>): void
  /** How large it was each time, summed over workers. @param buckets upper bounds */
  histogram<Label extends string>(name: string, help: string, buckets: number[], labels: Label[]): Histogram<Label>
  /** How it stands in each worker: `read` is asked whenever somebody looks. */
  gauge(name: string, help: string, read: () => number): void
  /** The same for several states of one thing: a number for each. */
  gauges(name: string, help: string, label: string, read: () => Record<string, number>): void
  /** All of it, of all workers, as text for Prometheus. Rejects when one of them does not answer within 5 s. */
  text(): Promise<string>
}

/** What a worker asks its supervisor, who knows all workers (supervisor/supervise.ts), and the answer. */
export type MetricsQuestion = { kind: 'metrics wanted' }
export type MetricsAnswer = { kind: 'metrics'; text: string | undefined }

/** In seconds: a quick answer takes a millisecond, a deadline of the database ten seconds. */
const HTTP_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * Metrics for Prometheus, as `api.metrics`. Counters and histograms are summed over workers, and those of a worker that
 * ended in order stay in the sum; of one that was killed they are gone. What stands in a worker, and what concerns its
 * process, has the label `worker` (its number, one for each process) and ends with it.
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

    const forCounts = { registers: [summed] }
    const forStates = { registers: [single] }
    api.decorate('metrics', {
      counter: (name, help, labelNames) => new Counter({ name, help, labelNames, ...forCounts }),
      counts(name, help, label, read) {
        const collect = gathered<Counter<string>>((counter) => {
          counter.reset()
          for (const [state, count] of Object.entries(read())) counter.inc({ [label]: state }, count)
        })
        new Counter({ name, help, labelNames: [label], collect, ...forCounts })
      },
      histogram: (name, help, buckets, labelNames) => new Histogram({ name, help, buckets, labelNames, ...forCounts }),
      gauge(name, help, read) {
        const collect = gathered<Gauge<string>>((gauge) => gauge.set({ worker }, read()))
        new Gauge({ name, help, labelNames: ['worker'], collect, ...forStates })
      },
      gauges(name, help, label, read) {
        const collect = gathered<Gauge<string>>((gauge) => {
          for (const [state, value] of Object.entries(read())) gauge.set({ worker, [label]: state }, value)
        })
        new Gauge({ name, help, labelNames: ['worker', label], collect, ...forStates })
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

/** The client hands the metric over as `this`. */
function gathered<Metric>(fill: (metric: Metric) => void) {
  return function (this: Metric) {
    fill(this)
  }
}

/** Asks for the metrics of all workers; who asks while an answer is awaited shares it. */
function askSupervisor(): () => Promise<string> {
  let awaited: PromiseWithResolvers<string> | undefined
  process.on('message', (message: MetricsAnswer) => {
    if (message.kind !== 'metrics') return
    if (message.text === undefined) awaited?.reject(new Error('A worker did not answer in time.'))
    else awaited?.resolve(message.text)
    awaited = undefined
  })
  return () => {
    if (!awaited) {
      awaited = Promise.withResolvers()
      process.send?.({ kind: 'metrics wanted' } satisfies MetricsQuestion)
    }
    return awaited.promise
  }
}
