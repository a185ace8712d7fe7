const ROWS_A_PAGE = 10

/** The cloud that a key moves to from `cloud`, or undefined when the key moves nowhere. */
export function cloudAfterKey(key: string, cloud: number, size: number, columns: number): number | undefined {
  const target = targetOf(key, cloud, size, columns)
  if (target === undefined) return undefined
  return Math.max(0, Math.min(size - 1, target))
}

function targetOf(key: string, cloud: number, size: number, columns: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return cloud - 1
    case 'ArrowRight':
      return cloud + 1
    case 'ArrowUp':
      return inColumn(cloud - columns, cloud, size)
    case 'ArrowDown':
      return inColumn(cloud + columns, cloud, size)
    case 'Home':
      return 0
    case 'End':
      return size - 1
    case 'PageUp':
      return cloud - ROWS_A_PAGE * columns
    case 'PageDown':
      return cloud + ROWS_A_PAGE * columns
    default:
      return undefined
  }
}

/** Above the first row and below the last one there is nothing to move to. */
const inColumn = (target: number, cloud: number, size: number) => (target < 0 || target >= size ? cloud : target)
