/**
 * A board that no other number has, so that a submission can be told from any other: the bits of the number, each
 * between safe clouds.
 */
export function boardOf(number: number): string {
  return `0${[...number.toString(2)].map((bit) => `${bit}0`).join('')}`
}
