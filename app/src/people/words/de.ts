import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const submissions = (count: number) => `${format.number(count)} ${count === 1 ? 'Einsendung' : 'Einsendungen'}`

export const t: Translation<typeof en> = {
  title: 'Personen',
  adminsOnly: 'Nur für Admins',
  adminsOnlyDetail: 'Diese Liste sehen nur Admins. Wenn du sie brauchst, frag einen Admin.',
  toBoard: 'Zum Brett',
  find: 'Suchen',
  findHint: 'Name oder E-Mail-Adresse',
  filters: 'Personen suchen',
  count: (count) => `${format.number(count)} ${count === 1 ? 'Person' : 'Personen'}`,
  loading: 'Personen werden geladen',
  failed: 'Personen wurden nicht geladen',
  columns: {
    name: 'Name',
    email: 'E-Mail',
    role: 'Rolle',
    submissions: 'Einsendungen',
    actions: 'Aktionen',
  },
  submissionsOf: (name, count) => `${submissions(count)} von ${name}`,
  submissions: (count) => (count === 1 ? '{number} Einsendung' : '{number} Einsendungen'),
  roles: { user: 'Mitglied', admin: 'Admin' },
  you: 'du',
  show: (count) => `${submissions(count)} zeigen`,
  more: (name) => `Mehr zu ${name}`,
  noMatch: 'Niemand gefunden',
  noMatchDetail: (search) =>
    `Kein Name und keine E-Mail-Adresse enthält „${search}“. Versuch es mit weniger Buchstaben.`,
  showAll: 'Alle Personen zeigen',
  promote: {
    title: (name) => `${name} zum Admin machen?`,
    detail: 'Diese Person kann dann alle Einsendungen sehen und löschen und Rollen ändern.',
    confirm: 'Zum Admin machen',
    cancel: 'So lassen',
  },
  demote: {
    title: (name) => `${name} die Admin-Rolle entziehen?`,
    detail: 'Ab sofort sieht diese Person nur noch ihre eigenen Bretter.',
    confirm: 'Admin-Rolle entziehen',
    cancel: 'So lassen',
  },
  demoteYourself: {
    title: () => 'Admin-Rolle abgeben?',
    detail: 'Du siehst dann nur noch deine eigenen Bretter. Ein anderer Admin kann dir die Rolle zurückgeben.',
    confirm: 'Rolle abgeben',
    cancel: 'Admin bleiben',
  },
  changing: 'Wird geändert …',
  roleNotChanged: 'Rolle nicht geändert',
  roleChanged: 'Rolle geändert',
  roleChangedDetail: {
    admin: (name) => `${name} ist jetzt Admin.`,
    user: (name) => `${name} ist jetzt Mitglied.`,
  },
  signOut: {
    menu: 'Überall abmelden …',
    title: (name) => `${name} überall abmelden?`,
    detail: 'Alle Geräte dieser Person werden abgemeldet. Sie kann sich wieder anmelden.',
    confirm: 'Überall abmelden',
    confirming: 'Wird abgemeldet …',
    cancel: 'Angemeldet lassen',
    problemTitle: 'Nicht abgemeldet',
    done: 'Überall abgemeldet',
  },
  removal: {
    menu: (count) => `${submissions(count)} löschen …`,
    title: (name) => `Die Einsendungen von ${name} löschen?`,
    detail: (count) =>
      `${submissions(count)} ${count === 1 ? 'wird' : 'werden'} sofort und für immer gelöscht. Das Konto bleibt.`,
    confirm: (count) => `${submissions(count)} löschen`,
    confirming: 'Wird gelöscht …',
    cancel: 'Einsendungen behalten',
    problemTitle: 'Einsendungen nicht gelöscht',
  },
  removed: 'Einsendungen gelöscht',
  removedDetail: (name, count) => `${submissions(count)} von ${name} ${count === 1 ? 'ist' : 'sind'} gelöscht.`,
}
