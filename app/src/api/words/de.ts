import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const SAID: Readonly<Record<number, string>> = {
  400: 'Daran stimmt etwas nicht. Prüfe deine Angaben.',
  401: 'Diese Angaben passen nicht zusammen. Prüfe sie, oder melde dich neu an.',
  403: 'Das dürfen nur Admins.',
  404: 'Das gibt es nicht mehr.',
  409: 'Mindestens ein Admin muss bleiben. Mach erst jemand anderen zum Admin.',
  413: 'Das ist zu viel auf einmal. Teile es auf.',
  429: 'Das war zu oft. Warte etwas und versuch es dann noch einmal.',
  500: 'Auf dem Server ist etwas schiefgegangen. Wenn das so bleibt, schick uns den Fehlercode.',
  503: 'Das geht gerade nicht, und es liegt nicht an dir. Versuch es gleich noch einmal.',
}

export const t: Translation<typeof en> = {
  offline: 'Du bist offline. Versuch es noch einmal, wenn du wieder im Netz bist.',
  timeout: 'Der Server hat in 10 Sekunden nicht geantwortet. Versuch es noch einmal.',
  unreachable: 'Der Server ist nicht zu erreichen. Versuch es gleich noch einmal.',
  refused: 'Der Server hat es abgelehnt.',
  broken: 'Auf dem Server ist etwas schiefgegangen. Wenn das so bleibt, schick uns den Fehlercode.',
  said: (status, detail) => SAID[status] ?? detail,
  sessionEnded: 'Du bist abgemeldet',
  sessionEndedDetail: 'Deine Sitzung ist zu Ende. Melde dich an, um weiterzumachen.',
}
