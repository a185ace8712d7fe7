import { inspect } from 'node:util'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'

type Text = 'msg' | 'code' | 'requestId' | 'route' | 'path' | 'traceId' | 'audit' | 'by' | 'whom' | 'from' | 'to'
type LogLine = Partial<Record<Text, string>> & {
  level?: number
  err?: { stack?: string }
}

/** What a service writes to its log from now on, instead of writing it anywhere. */
export function logOf(api: FastifyInstance) {
  const lines: LogLine[] = []
  const write = (text: string) => void lines.push(JSON.parse(text))
  Object.assign(api.log, { [pino.symbols.streamSym]: { write } })
  api.log.level = 'info'
  return {
    lines,
    clear: () => void lines.splice(0),
    /** Its audit lines: what was done, by whom, to whom, and from which role to which. */
    audits: () => lines.flatMap(({ audit, by, whom, from, to }) => (audit ? [[audit, by, whom, from, to]] : [])),
  }
}

/** A log that keeps its lines, each as one text with all that it was given. */
export function keptLog() {
  const lines: string[] = []
  const keep = (first: unknown, message = '') => {
    lines.push(typeof first === 'string' ? first : `${message} ${inspect(first)}`)
  }
  return { lines, info: keep, warn: keep, error: keep }
}
