import pg from 'pg'
import { HttpError } from '../http/errors.ts'

/** The error for the caller, where this one was foreseen. */
export function foreseen(error: unknown): HttpError | undefined {
  if (OUT_OF_STORAGE.test(sqlState(error))) {
    const detail = 'The service has run out of storage. Try again in a minute.'
    return new HttpError('out-of-storage', detail, { retryAfterS: 60, cause: error })
  }
  if (!isTransient(error)) return undefined
  const detail = 'The service cannot reach its database. Try again in a moment.'
  return new HttpError('database-unavailable', detail, { cause: error })
}

export function overloaded(cause: unknown): HttpError {
  return new HttpError('overloaded', 'The service is busy. Try again in a few seconds.', { cause })
}

/**
 * Whether the error may be gone at the next try: a connection lost or refused (SQLSTATE class 08, 57P0x, socket
 * errors), a database that is just being renamed (3D000), too many connections (53300), a conflict of transactions
 * (40001, 40P01), or a server that is read-only for the moment (25006) or too slow for a deadline (57014, no answer at
 * all).
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? TRANSIENT.test(code) : DRIVER_ERROR.test(error.message)
}

/** Whether the connection is gone, in a state that nobody knows, or one to a server that only reads. */
export function losesConnection(error: unknown): boolean {
  return isTransient(error) && !STILL_CONNECTED.test(sqlState(error))
}

/** Whether the server answers, but not in time. */
export function isTooSlow(error: unknown): boolean {
  return sqlState(error) === TIMED_OUT || (error instanceof Error && error.message === 'Query read timeout')
}

/** Whether no connection was free in time, or none could be made. */
export function isConnectTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(CONNECT_TIMEOUT)
}

/** Whether a statement that writes met a server that only reads. */
export function isReadOnly(error: unknown): boolean {
  return sqlState(error) === READ_ONLY
}

function sqlState(error: unknown): string {
  return error instanceof pg.DatabaseError ? (error.code ?? '') : ''
}

const READ_ONLY = '25006'
const TIMED_OUT = '57014'
const OUT_OF_STORAGE = /^(?:53100|53200|58030)$/
const STILL_CONNECTED = /^(?:57014|40001|40P01)$/
const TRANSIENT =
  /^(?:08...|3D000|57P0.|57014|53300|40001|40P01|25006|25P03|ECONNABORTED|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)$/
const CONNECT_TIMEOUT = 'timeout exceeded when trying to connect'
/** What the driver and its pool say of a lost or late connection has no code. */
const DRIVER_ERROR = new RegExp(
  `^(?:Connection terminated|Query read timeout|${CONNECT_TIMEOUT}|Client has encountered a connection)`,
)
