/**
 * Whether a database error may be gone at the next try: a connection lost or refused (SQLSTATE class 08,
 * 57P0x, socket errors), too many connections (53300), a conflict of transactions (40001, 40P01), or a
 * server that is read-only for the moment (25006) or too slow for a deadline (57014, no answer at all).
 */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? TRANSIENT.test(code) : UNCODED.test(error.message)
}

/** Whether no connection came free, or could be made, in time: who would wait again goes to the end of the queue. */
export function isConnectTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('timeout exceeded when trying to connect')
}

/** Whether the server has become one that only reads: after a failover the name may lead to another. */
export function isReadOnly(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === READ_ONLY
}

const READ_ONLY = '25006'
const TRANSIENT =
  /^(?:08...|57P0.|57014|53300|40001|40P01|25006|25P03|ECONNABORTED|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)$/
/** What `pg` and `pg-pool` say of a lost or late connection has no code. */
const UNCODED =
  /^(?:Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection)/
