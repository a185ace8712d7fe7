const CONNECTIONS = "pg_stat_activity where datname = current_database() and application_name = 'jotc-api'"

/** SQL that ends all connections of services to the database that is asked. */
export const END_CONNECTIONS = `select pg_terminate_backend(pid) from ${CONNECTIONS}`

/** SQL that finds those that wait for a lock. */
export const WAITING_FOR_LOCK = `select pid from ${CONNECTIONS} and wait_event_type = 'Lock'`
