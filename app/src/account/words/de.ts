import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const ERASED = 'werden sofort gelöscht. Niemand kann sie zurückholen, auch wir nicht.'

export const t: Translation<typeof en> = {
  title: 'Konto',
  failed: 'Dein Konto wurde nicht geladen',
  myData: 'Meine Daten',
  email: 'E-Mail-Adresse',
  firstName: 'Vorname',
  lastName: 'Nachname',
  birthDate: 'Geburtsdatum',
  role: 'Rolle',
  roles: { user: 'Mitglied', admin: 'Admin' },
  joined: 'Dabei seit',
  boards: 'Meine Bretter',
  unknown: 'gerade nicht verfügbar',
  signOut: 'Abmelden',
  signedOut: 'Abgemeldet',
  signedOutDetail: 'Deine Bretter bleiben in deinem Konto.',
  notSignedOut: 'Du bist noch angemeldet',
  erase: 'Konto löschen',
  eraseDetail: (boards) =>
    boards === 1
      ? `Dein Name, deine E-Mail-Adresse, dein Geburtsdatum und dein Brett ${ERASED}`
      : `Dein Name, deine E-Mail-Adresse, dein Geburtsdatum und deine ${format.number(boards)} Bretter ${ERASED}`,
  eraseAllDetail: `Dein Name, deine E-Mail-Adresse, dein Geburtsdatum und alle deine Bretter ${ERASED}`,
  eraseAsk: 'Konto löschen …',
  eraseTitle: 'Dein Konto löschen?',
  confirmEmail: 'Gib zur Bestätigung deine E-Mail-Adresse ein',
  notYourEmail: 'Das passt nicht zu deiner E-Mail-Adresse. Prüfe sie.',
  eraseConfirm: 'Konto löschen',
  erasing: 'Wird gelöscht …',
  eraseKeep: 'Konto behalten',
  notErased: 'Konto nicht gelöscht',
  erased: 'Konto gelöscht',
  erasedDetail: 'Davon ist nichts mehr da. Ohne Konto kannst du weiterspielen.',
}
