import { SORT_KEYS } from '@jotc/core/api/jotc'

const DAY = 86_400_000

/** Filters of each kind; the dates count back from now, as the filled submissions do. */
function filters(now: number): Record<string, Record<string, string>> {
  const daysAgo = (days: number) => new Date(now - days * DAY).toISOString()
  return {
    'no filter': {},
    'email of one person': { email: 'p3.' },
    'email of nobody': { email: 'nobody@nowhere' },
    'email of 5 % of the people': { email: '@example.net' },
    'email of 60 % of the people': { email: '@example.org' },
    'one day': { dateBegin: daysAgo(200), dateEnd: daysAgo(199) },
    'one year': { dateBegin: daysAgo(400), dateEnd: daysAgo(35) },
    solvable: { solvable: 'true' },
    blocked: { solvable: 'false' },
    'blocked, one week, 5 % of the people': {
      solvable: 'false',
      dateBegin: daysAgo(107),
      dateEnd: daysAgo(100),
      email: '@example.net',
    },
  }
}

/** Every sort, either way, with every kind of filter: its name and its path. */
export function listQueries(now: number): { name: string; path: string }[] {
  return SORT_KEYS.flatMap((sortBy) =>
    ['asc', 'desc'].flatMap((sort) =>
      Object.entries(filters(now)).map(([name, filter]) => ({
        name: `${name}, by ${sortBy} ${sort}`,
        path: `/jotc?${new URLSearchParams({ ...filter, sortBy, sort })}`,
      })),
    ),
  )
}
