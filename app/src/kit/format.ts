/** Numbers as the person's browser writes them. */
const number = new Intl.NumberFormat(navigator.language)

export const format = {
  number: (value: number | bigint) => number.format(value),
}
