import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const submissions = (count: number) => `${format.number(count)} ${count === 1 ? 'Einsendung' : 'Einsendungen'}`

export const t: Translation<typeof en> = {
  title: 'Personen',
  adminsOnly: 'Nur für Admins',
  adminsOnlyDetail: 'Die Liste der Personen sehen nur Admins. Wenn du dazugehören solltest, frag einen Admin.',
  toBoard: 'Zum Brett',
  find: 'Suchen',
  findHint: 'Name oder E-Mail',
  filters: 'Personen suchen',
  count: (count) => `${format.number(count)} ${count === 1 ? 'Person' : 'Personen'}`,
  loading: 'Personen werden geladen',
  failed: 'Personen wurden nicht geladen',
  tryAgain: 'Noch einmal versuchen',
  columns: {
    name: 'Name',
    email: 'E-Mail',
    role: 'Rolle',
    submissions: 'Einsendungen',
    actions: 'Aktionen',
  },
  sent: 'eingesendet',
  submissionsOf: (name, count) => `${submissions(count)} von ${name}`,
  roles: { user: 'Person', admin: 'Admin' },
  roleOf: (name) => `Rolle von ${name}`,
  remove: 'Einsendungen löschen',
  removeOf: (name) => `Einsendungen löschen von ${name}`,
  noMatch: 'Niemand passt dazu',
  noMatchDetail: (search) =>
    `In keinem Namen und keiner E-Mail-Adresse steht „${search}“. Versuch es mit weniger Buchstaben.`,
  showAll: 'Alle Personen zeigen',
  pastEnd: 'Diese Seite gibt es nicht',
  pastEndDetail: 'Die Liste endet vor dieser Seite.',
  toFirst: 'Zur ersten Seite',
  promote: {
    title: (name) => `${name} zum Admin machen?`,
    detail: 'Admins sehen die Einsendungen aller, ändern Rollen und löschen Einsendungen.',
    confirm: 'Zum Admin machen',
    keep: 'So lassen',
  },
  demote: {
    title: (name) => `${name} die Rolle als Admin nehmen?`,
    detail: 'Danach sind nur noch die eigenen Einsendungen zu sehen, und zwar sofort.',
    confirm: 'Rolle nehmen',
    keep: 'So lassen',
  },
  demoteYourself: {
    title: () => 'Deine Rolle als Admin abgeben?',
    detail: 'Du siehst dann nur noch deine eigenen Einsendungen. Ein anderer Admin kann dir die Rolle zurückgeben.',
    confirm: 'Rolle abgeben',
    keep: 'Admin bleiben',
  },
  changing: 'Wird geändert …',
  roleNotChanged: 'Rolle nicht geändert',
  roleChanged: 'Rolle geändert',
  roleChangedDetail: (name, role) => `${name} ist jetzt: ${role}.`,
  removeTitle: (name) => `Die Einsendungen von ${name} löschen?`,
  removeDetail: (count) =>
    `${submissions(count)} ${count === 1 ? 'verschwindet' : 'verschwinden'} sofort. Niemand kann sie zurückholen. Das Konto bleibt.`,
  removeConfirm: (count) => `${submissions(count)} löschen`,
  removing: 'Wird gelöscht …',
  removeKeep: 'Einsendungen behalten',
  notRemoved: 'Einsendungen nicht gelöscht',
  removed: 'Einsendungen gelöscht',
  removedDetail: (name, count) => `${submissions(count)} von ${name}.`,
}
