const compact = new Intl.NumberFormat(navigator.language, { notation: 'compact' })

/** A number where there is no room for all of it: 10K. */
export function shortNumber(value: number): string {
  return compact.format(value)
}
