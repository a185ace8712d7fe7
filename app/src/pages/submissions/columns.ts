import type { SortKey } from '@jotc/core/api/jotc'

type Column = { key: 'board' | SortKey; isRight?: boolean; bone?: number }

const COLUMNS: readonly Column[] = [
  { key: 'board' },
  { key: 'size', isRight: true, bone: 34 },
  { key: 'total', isRight: true, bone: 28 },
  { key: 'email', bone: 140 },
  { key: 'createdAt', isRight: true, bone: 84 },
]

/** Whose submission it is needs no column in a list of one's own. */
export function columnsFor(isAdmin: boolean): readonly Column[] {
  return isAdmin ? COLUMNS : COLUMNS.filter(({ key }) => key !== 'email')
}
