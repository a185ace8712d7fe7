import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

export const t: Translation<typeof en> = {
  title: 'Konto',
  myData: 'Meine Daten',
  email: 'E-Mail',
  firstName: 'Vorname',
  lastName: 'Nachname',
  birthDate: 'Geburtsdatum',
  role: 'Rolle',
  roles: { user: 'Person', admin: 'Admin' },
  joined: 'Dabei seit',
  submissions: 'Einsendungen',
  unknown: 'im Moment nicht bekannt',
  signOut: 'Abmelden',
  signedOut: 'Abgemeldet',
  signedOutDetail: 'Deine Einsendungen bleiben.',
  signedOutHere: 'Hier abgemeldet',
  signedOutHereDetail: (reason) =>
    `${reason} Dieser Browser hat deine Sitzung vergessen; auf dem Server endet sie nach einer Weile von selbst.`,
  erase: 'Konto löschen',
  eraseDetail: (submissions) =>
    `Damit verschwinden dein Name, deine E-Mail-Adresse, dein Geburtsdatum und ${submissions}. Das geschieht sofort und lässt sich nicht rückgängig machen.`,
  all: (count) => (count === 1 ? 'deine eine Einsendung' : `alle ${format.number(count)} Einsendungen`),
  allUnknown: 'alle deine Einsendungen',
  eraseAsk: 'Konto löschen …',
  eraseTitle: 'Dein Konto löschen?',
  eraseWarning: (submissions) =>
    `Dein Name, deine E-Mail-Adresse, dein Geburtsdatum und ${submissions} verschwinden sofort. Niemand kann sie zurückholen, auch wir nicht.`,
  these: (count) => `${format.number(count)} ${count === 1 ? 'Einsendung' : 'Einsendungen'}`,
  theseUnknown: 'deine Einsendungen',
  confirmEmail: 'Gib zur Bestätigung deine E-Mail-Adresse ein',
  notYourEmail: 'Das ist nicht die E-Mail-Adresse deines Kontos.',
  eraseConfirm: 'Konto löschen',
  erasing: 'Wird gelöscht …',
  eraseKeep: 'Konto behalten',
  notErased: 'Konto nicht gelöscht',
  erased: 'Konto gelöscht',
  erasedDetail: 'Davon ist nichts mehr da. Das Brett geht weiterhin.',
}
