import type { Registry } from '@prometheus-io/client'
import type { FromWorker, SupervisorSettings, ToWorker } from './messages.ts'

/** The worker's end of the line to its supervisor. */
type SupervisorLink = {
  /** This worker's number among the workers: its successor has the same. */
  readonly place: number
  /** Sends what the supervisor needs to know of the settings. */
  sendSettings(settings: SupervisorSettings): void
  /** Calls `listener` when another worker serves in this one's place. */
  onRetire(listener: () => void): void
  /** From now on the supervisor is told these metrics when it sums those of all workers. */
  share(metrics: Registry): void
  /** Tells the supervisor the last of it, before the worker ends. */
  bequeath(): Promise<void>
  /** The metrics of all workers, summed, as text for Prometheus. */
  sum(): Promise<string>
}

const NOBODY_ASKED = 0

export function supervisorLink(place: number): SupervisorLink {
  let questions = 0
  const open = new Map<number, (text: string) => void>()
  let shared: Registry | undefined
  let retire: () => void = () => {}

  process.on('message', async (message: ToWorker) => {
    if (message.kind === 'metrics wanted') await answer(message.question)
    if (message.kind === 'retire') retire()
    if (message.kind === 'sum') {
      open.get(message.question)?.(message.text)
      open.delete(message.question)
    }
  })

  async function answer(question: number): Promise<void> {
    if (shared) await tell({ kind: 'metrics', question, metrics: await shared.getMetricsAsJSON() })
  }

  return {
    place,
    sendSettings: ({ WORKERS, LOG_LEVEL, LOG_FORMAT }) =>
      void tell({ kind: 'settings', settings: { WORKERS, LOG_LEVEL, LOG_FORMAT } }),
    onRetire(listener) {
      retire = listener
    },
    share(metrics) {
      shared = metrics
    },
    bequeath: () => answer(NOBODY_ASKED),
    sum() {
      const question = ++questions
      const { promise, resolve } = Promise.withResolvers<string>()
      open.set(question, resolve)
      void tell({ kind: 'sum wanted', question })
      return promise
    },
  }
}

/** Resolves when it is sent, or cannot be: a supervisor that is gone ends this worker anyway. */
function tell(message: FromWorker): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  process.send?.(message, undefined, undefined, () => resolve())
  return promise
}
