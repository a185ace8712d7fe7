import type { SortKey } from '@jotc/core/api/jotc'

export type Column = { key: 'board' | SortKey; isRight?: boolean; skeleton?: number }

const COLUMNS: readonly Column[] = [
  { key: 'board' },
  { key: 'size', isRight: true, skeleton: 34 },
  { key: 'total', isRight: true, skeleton: 28 },
  { key: 'email', skeleton: 140 },
  { key: 'createdAt', isRight: true, skeleton: 84 },
]

/** The board stays; whose submission it is needs no column in a list of one's own. */
export function hideable(isAdmin: boolean): SortKey[] {
  const keys = COLUMNS.flatMap(({ key }) => (key === 'board' ? [] : [key]))
  return keys.filter((key) => isAdmin || key !== 'email')
}

/** Those that are shown, in their order. */
export function columnsFor(isAdmin: boolean, hidden: readonly SortKey[]): readonly Column[] {
  const shown = hideable(isAdmin).filter((key) => !hidden.includes(key))
  return COLUMNS.filter(({ key }) => key === 'board' || shown.includes(key))
}
