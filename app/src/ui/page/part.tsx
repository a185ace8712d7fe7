import { Component, type ComponentType, lazy, type ReactNode, Suspense, useCallback, useState } from 'react'
import { t } from '#i18n/words/en.ts'
import { Button } from '#ui/Button.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import layout from '#ui/layout.module.css'

/** A part of the app that is fetched when it is first shown; within a `Boundary`. */
export function part<Props>(load: () => Promise<{ default: ComponentType<Props> }>) {
  return lazy(() => load().catch(reloadOnce))
}

/** Fetches a part, then uses it. A toast says so where it could not be fetched. */
export function withPart<Part>(load: () => Promise<Part>, use: (part: Part) => void): void {
  load()
    .catch(reloadOnce)
    .then(use, ({ message }: Error) => toast.error({ title: t.partNotLoaded, detail: message }))
}

const IDLE_MS = 3000

/** Fetches parts once the page is idle, so that they are there when the network is not. @returns what gives that up */
export function fetchAhead(loads: readonly (() => Promise<unknown>)[]): () => void {
  const timer = setTimeout(() => {
    for (const load of loads) load().catch(() => {})
  }, IDLE_MS)
  return () => clearTimeout(timer)
}

/** Names the build. */
const BUILD = import.meta.url
const STAYS_MS = 10_000

/**
 * For a part that could not be fetched: a deployment may have renamed it, and a reload of the page finds the new name.
 * Reloads once; a part that is still missing then is an error.
 */
async function reloadOnce(): Promise<never> {
  const away = await whyAway()
  const state = history.state as { reloadedFor?: string } | null
  if (away === undefined && state?.reloadedFor !== BUILD) {
    history.replaceState({ ...state, reloadedFor: BUILD }, '')
    location.reload()
    // The person may decide to stay, when an import is running.
    await new Promise((resolve) => {
      setTimeout(resolve, STAYS_MS)
    })
  }
  throw new MissingPart(away ?? t.unreachable)
}

/** Its message is a sentence for the person. */
class MissingPart extends Error {}

type BoundaryProps = {
  /** Names the content: when it changes, the content is tried again. */
  of?: string
  /** Shown while the content loads. */
  meanwhile?: ReactNode
  /** Shown where the content failed. */
  instead?: ReactNode
  children: ReactNode
}

/** Its content may fail to load or to render without affecting the rest of the page. */
export class Boundary extends Component<BoundaryProps, { failed: string | undefined }> {
  override state = { failed: undefined }

  override componentDidCatch(error: unknown) {
    this.setState({ failed: this.#of })
    if (!(error instanceof MissingPart)) reportError(error)
  }

  get #of() {
    return this.props.of ?? ''
  }

  override render() {
    const { meanwhile, instead = <PartError />, children } = this.props
    return this.state.failed === this.#of ? instead : <Suspense fallback={meanwhile}>{children}</Suspense>
  }
}

function PartError() {
  const { away, reload } = useReload()
  return (
    <div className={layout.stack} role="alert">
      <p>
        <b>{t.partNotLoaded}.</b> {away}
      </p>
      <div>
        <Button icon="again" onPress={reload}>
          {t.tryAgain}
        </Button>
      </div>
    </div>
  )
}

const ANSWER_TIMEOUT_MS = 5000

/** Why the app's server does not answer, as a sentence; undefined when it does. */
export async function whyAway(): Promise<string | undefined> {
  if (!navigator.onLine) return t.offline
  const request: RequestInit = { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }
  const isThere = await fetch('/config.json', request).then(
    ({ ok }) => ok,
    () => false,
  )
  return isThere ? undefined : t.unreachable
}

/**
 * Reloads the page, but not while the server is away: the browser would show its own error page, which leads nowhere.
 */
export function useReload() {
  const [away, setAway] = useState(() => (navigator.onLine ? undefined : t.offline))
  const reload = useCallback(() => {
    void whyAway().then((why) => (why === undefined ? location.reload() : setAway(why)))
  }, [])
  return {
    /** Why the server could not be reached, as a sentence. */
    away,
    reload,
  }
}
