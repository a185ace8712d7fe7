import { styleText } from 'node:util'
import { type Aim, type Figure, isReached, type Report } from './figure.ts'
import type { machine } from './measure/machine.ts'

type Machine = ReturnType<typeof machine>
type Results = { scenario: string; before: Machine; after: Machine; report: Report }

/** The results for people: a line a figure, then what to know of them. */
export function asText({ scenario, before, after, report }: Results): string {
  const lines = report.figures.map(lineOf)
  const loads = `load ${before.load.toFixed(1)} before, ${after.load.toFixed(1)} after`
  return [
    styleText('bold', scenario),
    ...lines,
    ...[...report.notes, `${before.cores} cores (${before.model}), ${loads}`].map((note) => `  ${note}`),
  ].join('\n')
}

/** The results for programs. */
export function asJson(results: Results): string {
  const figures = results.report.figures.map((figure) => ({ ...figure, reached: isReached(figure) }))
  return JSON.stringify({ ...results, report: { ...results.report, figures } }, null, 2)
}

function lineOf(figure: Figure): string {
  const { what, unit, ours, baseline, ratio, difference, aim } = figure
  const reached = isReached(figure)
  const mark = reached === undefined ? ' ' : reached ? styleText('green', '✔') : styleText('red', '✖')
  const compared = difference ? `${signed(ratio)} ${unit}` : `${significant(ratio)} times`
  const aimed = aim === undefined ? '' : `   (aim: ${aimText(aim)}${difference ? ` ${unit} more` : ''})`
  return `${mark} ${what}: ${significant(ours)} ${unit} against ${significant(baseline)}: ${compared}${aimed}`
}

function aimText(aim: Aim): string {
  return 'atLeast' in aim ? `at least ${aim.atLeast}` : `at most ${aim.atMost}`
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${significant(Math.abs(value))}`
}

function significant(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: value >= 1000 ? 4 : 3 })
}
