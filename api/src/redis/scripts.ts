/**
 * A write that reaches Redis late (it lay in a socket while Redis stood still) would undo what was
 * written since. So each write says until when it may be done, in the time of Redis: ARGV[1], in ms.
 */
const IN_TIME = `
local time = redis.call('TIME')
if time[1] * 1000 + time[2] / 1000 > tonumber(ARGV[1]) then return redis.error_reply('LATE') end
`

/** ARGV: until, value, lifetime in ms. */
export const SET = `${IN_TIME} return redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])`

/** ARGV: until, value, lifetime in ms. Answers null where a value stood already. */
export const SET_IF_ABSENT = `${IN_TIME} return redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3], 'NX')`

/** ARGV: until, and where only one value is meant, that value. */
export const DELETE = `${IN_TIME}
if ARGV[2] and redis.call('GET', KEYS[1]) ~= ARGV[2] then return 0 end
return redis.call('DEL', KEYS[1])`

/** Shows that Redis answers and takes writes, and tells its time: seconds, microseconds. */
export const HEARTBEAT = `redis.call('SET', KEYS[1], '', 'PX', 60000) return redis.call('TIME')`
