import type { LoggerOptions } from 'pino'
import { type LogOutput, logOutput } from './log-output.ts'
import { withoutSecrets } from './redaction.ts'

/** PostgreSQL repeats the values of a refused row in these. */
const QUOTING = ['err.detail', 'err.where', 'err.cause.detail', 'err.cause.where']

/** How lines are written, by workers and supervisor alike: without secrets. */
export function loggerOptions(level: string) {
  return {
    level,
    redact: QUOTING,
    formatters: { log: (fields: Record<string, unknown>) => withoutSecrets(fields) },
  } satisfies LoggerOptions
}

let standardOutput: LogOutput | undefined

/** Where they are written: to the standard output, as JSON or as a person reads it. */
export async function loggerOutput(format: 'pretty' | 'json'): Promise<LogOutput> {
  standardOutput ??= logOutput(process.stdout)
  const output = standardOutput
  if (format === 'json') return output
  const { prettyFactory } = await import('pino-pretty')
  const pretty = prettyFactory({
    ignore: 'pid,hostname,method,path,status',
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
  })
  return { ...output, write: (line) => output.write(pretty(line)) }
}
