import type { Details, DetailsFault } from '@jotc/core/person'
import { LONGEST_EMAIL } from '@jotc/core/person/email'
import { LONGEST_NAME } from '@jotc/core/person/name'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

export const t: Translation<typeof en> = {
  title: 'Anmelden',
  lead: {
    details: 'Sag uns, wer du bist, und deine Einsendungen bleiben erhalten. Ein Passwort gibt es nicht.',
    code: 'Wir schicken dir einen sechsstelligen Code per E-Mail. Ein Passwort gibt es nicht.',
  },
  steps: 'Schritte',
  step: { details: 'Deine Angaben', code: 'Code aus der E-Mail' },
  email: 'E-Mail',
  firstName: 'Vorname',
  lastName: 'Nachname',
  oneName: 'Wenn du nur einen Namen hast, schreib ihn in beide Felder.',
  birthDate: 'Geburtsdatum',
  day: 'Tag',
  month: 'Monat',
  year: 'Jahr',
  birthDateHint: (example) => `Zum Beispiel ${example}. Du musst mindestens 18 sein.`,
  dateIncomplete: 'Gib Tag, Monat und Jahr ein.',
  noSuchDay: (date) => `Einen ${date} gibt es nicht. Prüfe Tag und Monat.`,
  noLeapDay: (date, year) => `${year} gibt es keinen ${date}. Prüfe Tag und Jahr.`,
  didYouMean: 'Meinst du',
  useIt: 'Übernehmen',
  submit: { details: 'Anmelden', code: 'Code schicken' },
  submitting: { details: 'Wird angemeldet …', code: 'Wird geschickt …' },
  withoutAccount: 'Ohne Konto weiter',
  failed: 'Nicht angemeldet',
  signedIn: (name) => `Angemeldet als ${name}`,
  codeTitle: 'Sieh in deine E-Mails',
  codeSentTo: 'Wir haben einen Code geschickt an',
  codeWorks: (until) => `Er gilt bis ${until} Uhr.`,
  code: 'Sechsstelliger Code',
  codeIncomplete: 'Der Code hat sechs Ziffern.',
  codeWrong: (tries) => `Dieser Code stimmt nicht. Du hast noch ${tries} ${tries === 1 ? 'Versuch' : 'Versuche'}.`,
  signIn: 'Anmelden',
  signingIn: 'Wird angemeldet …',
  resend: 'Neuen Code schicken',
  resendIn: 'Neuer Code in',
  resending: 'Wird geschickt …',
  resent: 'Neuer Code geschickt',
  otherEmail: 'Andere E-Mail-Adresse nehmen',
  unchecked: 'Wir können E-Mail-Adressen gerade nicht prüfen.',
  uncheckedDetail: 'Du kannst weitermachen. Wenn die Adresse falsch ist, kommt der Code nicht an.',
  codeOver: 'Dieser Code gilt nicht mehr',
  codeOverDetail:
    'Seine Zeit oder seine Versuche sind aufgebraucht. Deine Angaben sind noch da: Schick einen neuen Code.',
}

/** With its article, where a sentence begins. */
const THE: Record<keyof Details, string> = {
  email: 'Die E-Mail-Adresse',
  firstName: 'Der Vorname',
  lastName: 'Der Nachname',
  birthDate: 'Das Geburtsdatum',
}
const YOUR: Record<keyof Details, string> = {
  email: 'deine E-Mail-Adresse',
  firstName: 'deinen Vornamen',
  lastName: 'deinen Nachnamen',
  birthDate: 'dein Geburtsdatum',
}

export function detailsFaultText(field: keyof Details, fault: DetailsFault): string {
  switch (fault) {
    case 'missing':
      return `Gib ${YOUR[field]} ein.`
    case 'noAt':
      return 'Eine E-Mail-Adresse hat ein @ zwischen Name und Domain.'
    case 'localPart':
      return 'Vor dem @ stehen Buchstaben von A bis Z, Ziffern und Zeichen, dazwischen höchstens einzelne Punkte.'
    case 'localPartTooLong':
      return 'Vor dem @ stehen mehr als 64 Zeichen.'
    case 'domain':
      return 'Nach dem @ steht keine Domain, wie zum Beispiel example.org.'
    case 'tooLong':
      return `${THE[field]} hat mehr als ${field === 'email' ? LONGEST_EMAIL : LONGEST_NAME} Zeichen.`
    case 'unprintable':
      return `${THE[field]} hat ein Zeichen, das sich nicht zeigen lässt.`
    case 'noLetter':
      return `${THE[field]} braucht mindestens einen Buchstaben.`
    case 'format':
      return 'Schreib das Geburtsdatum als Jahr, Monat und Tag: 1990-12-31.'
    case 'noSuchDay':
      return 'Diesen Tag gibt es nicht. Prüfe Tag und Monat.'
    case 'tooEarly':
      return 'Das Geburtsdatum muss 1900 oder später sein.'
    case 'inFuture':
      return 'Das Geburtsdatum liegt in der Zukunft.'
    case 'tooYoung':
      return 'Du musst mindestens 18 sein.'
  }
}
