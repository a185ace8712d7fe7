/** Numbers as the person's browser writes them. */
const number = new Intl.NumberFormat(navigator.language)
const compact = new Intl.NumberFormat(navigator.language, { notation: 'compact' })

export const format = {
  number: (value: number | bigint) => number.format(value),
  /** Short, where there is no room: 10K. */
  compact: (value: number) => compact.format(value),
}
