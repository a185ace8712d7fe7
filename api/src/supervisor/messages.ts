import type { MetricObjectWithValues, MetricValue } from '@prometheus-io/client'
import type { Config } from '../settings.ts'

/** What the supervisor must know of the settings. It does not read them itself: that would double its start and size. */
export type SupervisorSettings = Pick<Config, 'WORKERS' | 'LOG_LEVEL' | 'LOG_FORMAT'>

/** A worker's metrics as they travel. */
export type Metrics = MetricObjectWithValues<MetricValue<string>>[]

export type FromWorker =
  | { kind: 'settings'; settings: SupervisorSettings }
  | { kind: 'sum wanted'; question: number }
  | { kind: 'metrics'; question: number; metrics: Metrics }

export type ToWorker =
  | { kind: 'metrics wanted'; question: number }
  | { kind: 'sum'; question: number; text: string }
  /** Another one serves in its place: it ends when all is done that it has begun. */
  | { kind: 'retire' }
