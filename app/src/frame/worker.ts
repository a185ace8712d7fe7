/**
 * The service worker of a language: after the first visit every page opens without a network.
 *
 * Promises: a page comes from the server whenever that answers, so that no older page meets a newer API; what the
 * build hashed is read from here first. Holds the files of its own build and nothing else: no answer of the API, no
 * configuration, nothing about anybody.
 */
import { clientsClaim } from 'workbox-core'
import { matchPrecache, type PrecacheEntry, precache } from 'workbox-precaching'
import { registerRoute } from 'workbox-routing'
import { PATHS } from '#ui/page/paths.ts'

/** By build/build.ts: what this language's pages are made of, and which file of it is the page. */
declare const FILES: PrecacheEntry[]
declare const PAGE: string

// A new version takes over at once: pages that are open find it out (offline.ts).
const worker = globalThis as unknown as { skipWaiting: () => Promise<void> }
void worker.skipWaiting()
clientsClaim()
precache(FILES)

const pages: readonly string[] = Object.values(PATHS)
const named = FILES.map(({ url }) => url).filter((url) => !url.startsWith('/assets/'))

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => (await matchPrecache(request)) ?? fetch(request),
)
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && named.includes(url.pathname),
  ({ request, url }) => networkFirst(request, url.pathname),
)
registerRoute(
  ({ request, url }) => request.mode === 'navigate' && pages.includes(url.pathname.replace(/(?<=.)\/$/, '')),
  ({ request }) => networkFirst(request, PAGE),
)

/** A proxy that finds nobody behind it is no answer either. */
async function networkFirst(request: Request, instead: string): Promise<Response> {
  const answer = await fetch(request).catch(() => undefined)
  if (answer && answer.status < 500) return answer
  return (await matchPrecache(instead)) ?? answer ?? Response.error()
}
