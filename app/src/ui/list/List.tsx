import type { ReactNode } from 'react'
import { shownProblem } from '#api/client.ts'
import { t as everywhere } from '#i18n/words/en.ts'
import { Cloud } from '#sky/Cloud.tsx'
import { Button } from '#ui/Button.tsx'
import { Note } from '#ui/feedback/Note.tsx'
import { t } from '#ui/words/en.ts'
import css from './List.module.css'

type ListErrorProps = {
  /** Of a list that is not there. */
  title: string
  error: Error
  /** What was read before is still shown: it is only not new. */
  isShown: boolean
  /** The problem within its sentence. */
  sentence?: (problem: string) => string
  onRetry: () => void
}

/** Why a list did not load, in its place or above what was read before. */
export function ListError({ title, error, isShown, sentence = (problem) => problem, onRetry }: ListErrorProps) {
  const { detail, code } = shownProblem(error)
  return (
    <Note
      tone={isShown ? 'warning' : 'error'}
      title={isShown ? t.outdated : title}
      detail={sentence(detail)}
      code={code}
    >
      <Button onPress={onRetry}>{everywhere.tryAgain}</Button>
    </Note>
  )
}

/** In place of a page that lies after the last one of a list. */
export function PastEnd({ onFirst }: { onFirst: () => void }) {
  return (
    <EmptyState title={t.pastEnd} detail={t.pastEndDetail}>
      <Button onPress={onFirst}>{t.toFirst}</Button>
    </EmptyState>
  )
}

/** An empty place: why it is empty, and what to do. */
export function EmptyState({ title, detail, children }: { title: string; detail: string; children: ReactNode }) {
  return (
    <section className={css.empty}>
      <Cloud kind="cumulus" className={css.cloud} />
      <h2>{title}</h2>
      <p>{detail}</p>
      {children}
    </section>
  )
}
