import pg from 'pg'
import { HttpError } from '../http/errors.ts'

/** What the caller is told of a driver's error; `undefined` for a bug. */
export function toHttpError(error: unknown): HttpError | undefined {
  if (OUT_OF_STORAGE.test(sqlState(error))) {
    const detail = 'The service has run out of storage. Try again in a minute.'
    return new HttpError('out-of-storage', detail, { retryAfterS: 60, cause: error })
  }
  if (!isTransient(error)) return undefined
  const detail = 'The service cannot reach its database. Try again in a moment.'
  return new HttpError('database-unavailable', detail, { cause: error })
}

/**
 * Whether a retry may succeed: connection lost or refused (SQLSTATE class 08, 57P0x, socket errors), database just
 * being renamed (3D000), too many connections (53300), transactions in conflict (40001, 40P01), server read-only for
 * now (25006), or too slow for a deadline (57014, or no answer at all).
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? TRANSIENT.test(code) : DRIVER_ERROR.test(error.message)
}

/** Whether the connection cannot be used again: it is gone, in an unknown state, or leads to a read-only server. */
export function losesConnection(error: unknown): boolean {
  return isTransient(error) && !STILL_CONNECTED.test(sqlState(error))
}

/** Whether the server was reached, but did not answer in time. */
export function isTooSlow(error: unknown): boolean {
  return sqlState(error) === TIMED_OUT || (error instanceof Error && error.message === 'Query read timeout')
}

/** Whether no connection was free, or could be opened, in time. */
export function isConnectTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(CONNECT_TIMEOUT)
}

/** Whether a write reached a read-only server. */
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
/** Errors of the driver and its pool about lost or late connections have no code. */
const DRIVER_ERROR = new RegExp(
  `^(?:Connection terminated|Query read timeout|${CONNECT_TIMEOUT}|Client has encountered a connection)`,
)
