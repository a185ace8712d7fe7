import type { ReactNode } from 'react'
import { shownProblem } from '#api/client.ts'
import { t as everywhere } from '#i18n/words/en.ts'
import { Cloud } from '#sky/Cloud.tsx'
import { Button } from '#ui/Button.tsx'
import { Note } from '#ui/feedback/Note.tsx'
import { t } from '#ui/words/en.ts'
import type { Listing } from './address.ts'
import css from './List.module.css'
import { Pager } from './Pager.tsx'

type ListProps = {
  /** Undefined while the first page loads. */
  page: { items: readonly unknown[]; total: number; totalIsExact?: boolean; nextCursor?: string | null } | undefined
  /** Another page loads. */
  isLoading: boolean
  listing: Listing
  onChange: (change: { page: number } | { rows: number }) => void
  title?: string
  /** What arrived since; shown above an empty list too. */
  news?: ReactNode
  tools?: ReactNode
  /** In place of a list without any items. */
  empty: ReactNode
  /** The table. */
  children: ReactNode
}

/** A list with its heading and pager, or why it is empty. */
export function List({ page, isLoading, listing, onChange, title, news, tools, empty, children }: ListProps) {
  if (page?.items.length === 0) {
    return (
      <section>
        {news}
        {page.total > 0 ? <PastEnd onFirst={() => onChange({ page: 1 })} /> : empty}
      </section>
    )
  }
  return (
    <section>
      {title && (
        <div className={css.head}>
          <h2>{title}</h2>
          {news}
          <div className={css.tools}>{tools}</div>
        </div>
      )}
      <div aria-busy={isLoading}>{children}</div>
      {page && <Pager {...listing} {...page} shown={page.items.length} onChange={onChange} />}
    </section>
  )
}

/** In place of a page after the last one. */
function PastEnd({ onFirst }: { onFirst: () => void }) {
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

type ListErrorProps = {
  /** Where there is no list yet. */
  title: string
  error: Error
  /** An earlier answer is still shown, so it is only out of date. */
  isShown: boolean
  /** Puts the problem into a longer sentence. */
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
