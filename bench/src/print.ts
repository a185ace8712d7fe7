import { styleText } from 'node:util'
import type { Figure, Report } from './figure.ts'
import type { machine } from './measure/machine.ts'

type Machine = ReturnType<typeof machine>

/** A line a figure, then what to know of them. */
export function asText(scenario: string, { figures, notes }: Report, before: Machine, after: Machine): string {
  const loads = `load ${before.load.toFixed(1)} before, ${after.load.toFixed(1)} after`
  const more = [...notes, `${before.cores} cores (${before.model}), ${loads}`].map((note) => `  ${note}`)
  return [styleText('bold', scenario), ...figures.map(lineOf), ...more].join('\n')
}

function lineOf({ what, unit, ours, baseline, ratio, difference, aim }: Figure): string {
  const compared = difference ? `${signed(ratio)} ${unit}` : `${significant(ratio)} times`
  const line = `${what}: ${significant(ours)} ${unit} against ${significant(baseline)}: ${compared}`
  if (aim === undefined) return `  ${line}`
  const [isReached, words] =
    'atLeast' in aim
      ? [ratio >= aim.atLeast, `at least ${aim.atLeast}`]
      : [ratio <= aim.atMost, `at most ${aim.atMost}`]
  const mark = isReached ? styleText('green', '✔') : styleText('red', '✖')
  return `${mark} ${line}   (aim: ${words}${difference ? ` ${unit} more` : ''})`
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${significant(Math.abs(value))}`
}

function significant(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: value >= 1000 ? 4 : 3 })
}
