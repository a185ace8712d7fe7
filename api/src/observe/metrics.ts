import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client'
import fp from 'fastify-plugin'

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
  /** All of it, of all workers, as text for Prometheus. */
  text(): Promise<string>
}

/** How a worker's metrics reach those of the others (supervisor/link.ts). */
export type Workers = {
  place: number
  share(metrics: Registry): void
  bequeath(): Promise<void>
  sum(): Promise<string>
}

/**
 * Metrics for Prometheus, as `api.metrics`. What concerns the process has the label `worker`, the place of the worker,
 * which its successors take over; all else is summed.
 *
 * @param workers absent where the service runs alone, as in tests
 */
export const metrics = fp<{ workers: Workers | undefined }>(
  async (api, { workers }) => {
    const registry = new Registry()
    const registers = [registry]
    const worker = String(workers?.place ?? 0)
    collectDefaultMetrics({ register: registry, labels: { worker } })
    workers?.share(registry)
    api.addHook('onClose', async () => await workers?.bequeath())

    api.decorate('metrics', {
      counter: (name, help, labelNames) => new Counter({ name, help, labelNames, registers }),
      counts(name, help, label, read) {
        const collect = gathered<Counter<string>>((counter) => {
          counter.reset()
          for (const [state, count] of Object.entries(read())) counter.inc({ [label]: state }, count)
        })
        new Counter({ name, help, labelNames: [label], registers, collect })
      },
      histogram: (name, help, buckets, labelNames) => new Histogram({ name, help, buckets, labelNames, registers }),
      gauge(name, help, read) {
        const labelNames = ['worker']
        new Gauge({
          name,
          help,
          labelNames,
          registers,
          collect: gathered<Gauge<string>>((gauge) => gauge.set({ worker }, read())),
        })
      },
      gauges(name, help, label, read) {
        const labelNames = ['worker', label]
        const collect = gathered<Gauge<string>>((gauge) => {
          for (const [state, value] of Object.entries(read())) gauge.set({ worker, [label]: state }, value)
        })
        new Gauge({ name, help, labelNames, registers, collect })
      },
      text: () => workers?.sum() ?? registry.metrics(),
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
