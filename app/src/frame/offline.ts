import { LANGUAGE } from '#i18n/words/en.ts'

/**
 * Has every page open without a network from now on (worker.ts). Asks for a new version when somebody comes back to
 * the tab, or the network does; a page that is older than its worker is loaded anew on the next step to another page,
 * when there is least to lose.
 */
export async function workOffline(): Promise<void> {
  const { serviceWorker } = navigator
  // There is none without HTTPS, and none in development.
  if (!serviceWorker || !import.meta.env.PROD) return
  let isNewWorker = false
  serviceWorker.addEventListener('controllerchange', () => {
    isNewWorker = true
  })
  await serviceWorker.register(`/sw.${LANGUAGE}.js`)
  const update = async () => {
    if (document.hidden) return
    const registration = await serviceWorker.getRegistration()
    await registration?.update()
  }
  const tryUpdate = () => void update().catch(() => {})
  document.addEventListener('visibilitychange', tryUpdate)
  addEventListener('online', tryUpdate)

  const [script] = document.querySelectorAll<HTMLScriptElement>('script[type="module"]')
  let path = location.pathname
  const step = async () => {
    if (location.pathname === path) return
    path = location.pathname
    if (isNewWorker && script && !(await caches.match(script.src))) location.reload()
  }
  for (const event of ['pushState', 'popstate']) addEventListener(event, () => void step())
}
