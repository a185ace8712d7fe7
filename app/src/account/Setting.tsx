import { readName } from '@jotc/core/person/name'
import { type ReactNode, type RefObject, useId, useRef, useState } from 'react'
import { serverNow } from '#api/config.ts'
import { useGet } from '#api/query-client.ts'
import { formatShortDayWithYear, formatTime } from '#i18n/dates.ts'
import { TextField } from '#ui/form/Field.tsx'
import layout from '#ui/layout.module.css'
import { ListError } from '#ui/list/List.tsx'
import { Cell, Header, Row, SkeletonRows, Table } from '#ui/list/Table.tsx'
import css from './AccountPage.module.css'
import { t } from './words/en.ts'

type SettingProps = { title: string; lead?: string; action?: ReactNode; children: ReactNode }

/** A part of the account: what it is and what can be done on the left, what there is on the right. */
export function Setting({ title, lead, action, children }: SettingProps) {
  const id = useId()
  return (
    <section className={css.setting} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {lead && <p>{lead}</p>}
        {action && <div className={css.tools}>{action}</div>}
      </header>
      <div className={layout.stack}>{children}</div>
    </section>
  )
}

type Item = { id: string; usedAt: string | null }

type ItemsProps<Kind extends Item> = {
  /** Where they are read. */
  path: string
  label: string
  /** Of the first two columns; the third is the last use. */
  columns: readonly [name: string, day: string]
  empty: string
  name: (item: Kind) => ReactNode
  /** The instant of the second column. */
  day: (item: Kind) => string
  isNow?: (item: Kind) => boolean
  actions: (item: Kind) => ReactNode
}

/** What an account has of a kind, as a table; on phones each row folds to three lines. */
export function Items<Kind extends Item>(props: ItemsProps<Kind>) {
  const { path, label, columns, empty, name, day, isNow, actions } = props
  const { data, error, refetch } = useGet<{ items: Kind[] }>(path, {})
  if (error) {
    return <ListError title={t.failed} error={error} isShown={data !== undefined} onRetry={() => void refetch()} />
  }
  if (data?.items.length === 0) return <p>{empty}</p>
  const head = (
    <>
      <Header>{columns[0]}</Header>
      <Header>{columns[1]}</Header>
      <Header>{t.lastUsed}</Header>
      <Header>
        <span className={layout.hidden}>{t.actions}</span>
      </Header>
    </>
  )
  return (
    <Table className={css.items} aria-label={label} head={head}>
      {data ? (
        data.items.map((item) => (
          <Row key={item.id}>
            <Cell>{name(item)}</Cell>
            <Cell data-label={columns[1]}>{formatShortDayWithYear(day(item))}</Cell>
            <Cell data-label={t.lastUsed}>{isNow?.(item) ? t.now : whenUsed(item.usedAt)}</Cell>
            <Cell>
              <span className={css.buttons}>{actions(item)}</span>
            </Cell>
          </Row>
        ))
      ) : (
        <SkeletonRows widths={[120]} cells={[{ width: 70 }, { width: 70 }, {}]} />
      )}
    </Table>
  )
}

function whenUsed(instant: string | null): string {
  if (instant === null) return t.never
  const day = formatShortDayWithYear(instant)
  const today = formatShortDayWithYear(new Date(serverNow()).toISOString())
  return day === today ? t.today(formatTime(instant)) : day
}

/** What the service calls a browser, as it is written in any language; a name that a person chose stays as it is. */
export function browserText(name: string): string {
  return name.replace(BROWSER_ON_SYSTEM, '$1, $2')
}

const BROWSER_ON_SYSTEM =
  /^(Brave|Chrome|Edge|Firefox|Opera|Safari|Samsung Internet|Unknown browser|Vivaldi) on (Android|ChromeOS|iPad|iPhone|Linux|macOS|Windows)$/

type NameFieldProps = {
  input: RefObject<HTMLInputElement | null>
  name: string
  error: string | undefined
  onChange: (name: string) => void
  hint?: string
}

/** The name of a passkey or token while it is typed. `isComplete` tells the person where it is none. */
export function useName(first: string) {
  const input = useRef<HTMLInputElement>(null)
  const [name, setName] = useState(first)
  const [error, setError] = useState<string>()
  const onChange = (text: string) => {
    setName(text)
    setError(undefined)
  }
  function isComplete(): boolean {
    if ('value' in readName(name)) return true
    setError(t.nameNeeded)
    input.current?.focus()
    return false
  }
  return { input, name, error, onChange, isComplete }
}

export function NameField({ input, name, error, onChange, hint }: NameFieldProps) {
  return (
    <TextField
      ref={input}
      label={t.name}
      hint={hint}
      autoComplete="off"
      value={name}
      error={error}
      onChange={onChange}
    />
  )
}
