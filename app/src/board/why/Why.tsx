import type { Board } from '@jotc/core/board'
import { reasonFor } from '@jotc/core/reason'
import { useState } from 'react'
import { RadioGroup } from '#ui/form/RadioGroup.tsx'
import { CODE } from './code.ts'
import css from './Why.module.css'
import { t } from './words/en.ts'

const LANGUAGES = Object.keys(CODE) as (keyof typeof CODE)[]
const OPTIONS = LANGUAGES.map((value) => ({ value, label: CODE[value].name }))

type WhyProps = { board: Board; route: readonly number[]; at: number }

/** Why no route is shorter: the proof in three lines, and the rule as code, at the line of the hare's last jump. */
export default function Why({ board, route, at }: WhyProps) {
  const [language, setLanguage] = useState<keyof typeof CODE>('typescript')
  const { text, lines } = CODE[language]
  const moment = momentOf(board, route, at)
  const current = moment && lines[moment]
  return (
    <div className={css.why}>
      <ol className={css.proof}>
        {t.proof.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ol>
      <div className={css.code}>
        <RadioGroup label={t.language} options={OPTIONS} value={language} onChange={setLanguage} />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, which the keyboard must be able to do */}
        <section className={css.scroller} tabIndex={0} aria-label={t.code} dir="ltr" translate="no">
          <ol>
            {text.split('\n').map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is identified by its place alone
              <li key={index} aria-current={index + 1 === current ? 'step' : undefined}>
                <code>{line}</code>
              </li>
            ))}
          </ol>
        </section>
      </div>
    </div>
  )
}

/** What the rule does at this jump; nothing where another route jumps one and the rule two. */
function momentOf(board: Board, route: readonly number[], at: number): 'start' | 'one' | 'two' | undefined {
  if (at === 0) return 'start'
  const reason = reasonFor(board, route[at - 1] as number, route[at] as number)
  if (reason === 'choice') return undefined
  return reason === 'cumulus' ? 'two' : 'one'
}
