import { useEffect, useEffectEvent, useState } from 'react'
import { t } from '#i18n/words/en.ts'
import { Button } from '#ui/Button.tsx'
import { Icon } from '#ui/Icon.tsx'
import { createStore, useStore } from '#ui/store.ts'
import { ErrorCode } from './ErrorCode.tsx'
import css from './toast.module.css'

type Message = {
  title: string
  /** One sentence: what happened, then what to do. */
  detail?: string | undefined
  /** The 16-character code of an unexpected error. */
  code?: string | undefined
}
type Tone = 'success' | 'warning' | 'error'
type Toast = Message & { id: number; tone: Tone }

const ICON = { success: 'check', warning: 'warn', error: 'stop' } as const
const SUCCESS_MS = 6000

const toasts = createStore<readonly Toast[]>([])
let lastId = 0

/** The same message replaces itself instead of standing there twice. */
function show(tone: Tone, message: Message) {
  const others = toasts.get().filter(({ title, detail }) => title !== message.title || detail !== message.detail)
  toasts.set([...others, { ...message, tone, id: ++lastId }])
}

function dismiss(id: number) {
  toasts.set(toasts.get().filter((toast) => toast.id !== id))
}

/** Short messages in the corner. A success leaves after six seconds; a warning and an error stay until dismissed. */
export const toast = {
  success: (message: Message) => show('success', message),
  warning: (message: Message) => show('warning', message),
  error: (message: Message) => show('error', message),
}

/** Where the toasts appear; the shell holds it, so that it is there before the first message is announced. */
export function Toasts() {
  const shown = useStore(toasts)
  return (
    <section className={css.toasts} aria-label={t.messages} aria-live="polite" aria-relevant="additions">
      {shown.map((message) => (
        <ToastCard key={message.id} {...message} />
      ))}
    </section>
  )
}

function ToastCard({ id, tone, title, detail, code }: Toast) {
  const holding = useAutoDismiss(tone === 'success' ? SUCCESS_MS : undefined, () => dismiss(id))
  return (
    <div className={css.toast} data-tone={tone} role={tone === 'error' ? 'alert' : undefined} {...holding}>
      <Icon name={ICON[tone]} className={css.icon} />
      <b>{title}</b>
      <Button
        variant="quiet"
        square
        small
        icon="x"
        aria-label={t.dismiss}
        className={css.close}
        onPress={() => dismiss(id)}
      />
      {detail && <span className={css.detail}>{detail}</span>}
      {code && <ErrorCode code={code} className={css.code} />}
    </div>
  )
}

/**
 * Calls `dismiss` after `milliseconds` in which nobody pointed at the element or had the focus in it;
 * never when `milliseconds` is undefined. Spread what it returns on the element.
 */
function useAutoDismiss(milliseconds: number | undefined, dismiss: () => void) {
  const [isPointedAt, setPointedAt] = useState(false)
  const [hasFocus, setFocus] = useState(false)
  const isHeld = isPointedAt || hasFocus
  const finish = useEffectEvent(dismiss)
  useEffect(() => {
    if (milliseconds === undefined || isHeld) return
    const timer = setTimeout(finish, milliseconds)
    return () => clearTimeout(timer)
  }, [milliseconds, isHeld])
  return {
    onPointerEnter: () => setPointedAt(true),
    onPointerLeave: () => setPointedAt(false),
    onFocus: () => setFocus(true),
    onBlur: () => setFocus(false),
  }
}
