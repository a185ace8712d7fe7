/**
 * Whether a database error may be gone at the next try: a connection lost or refused (SQLSTATE class 08,
 * 57P0x, socket errors), too many connections (53300), a conflict of transactions (40001, 40P01), or a
 * server that is read-only for the moment (25006) or too slow for a deadline (57014, no answer at all).
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? PASSING.test(code) : UNCODED.test(error.message)
}

const PASSING =
  /^(?:08...|57P0.|57014|53300|40001|40P01|25006|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND)$/
/** What `pg` and `pg-pool` say of a lost or late connection has no code. */
const UNCODED =
  /^(?:Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection)/
