import { type Details, type DetailsFault, type DetailsSentences, sentenceOf } from '@jotc/core/person'
import { LONGEST_EMAIL } from '@jotc/core/person/email'
import { LONGEST_NAME } from '@jotc/core/person/name'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

export const t: Translation<typeof en> = {
  title: 'Anmelden',
  lead: {
    details: 'Melde dich an, um deine Bretter zu speichern. Du brauchst kein Passwort.',
    code: 'Wir schicken dir einen sechsstelligen Code. Du brauchst kein Passwort.',
  },
  steps: 'Schritte',
  step: { email: 'E-Mail', code: 'Code', about: 'Über dich', passkey: 'Passkey' },
  email: 'E-Mail-Adresse',
  firstName: 'Vorname',
  lastName: 'Nachname',
  oneName: 'Wenn du nur einen Namen hast, gib ihn in beiden Feldern ein.',
  birthDate: 'Geburtsdatum',
  day: 'Tag',
  month: 'Monat',
  year: 'Jahr',
  birthDateHint: (example, age) =>
    age > 0 ? `Zum Beispiel ${example}. Du musst mindestens ${age} sein.` : `Zum Beispiel ${example}.`,
  dateIncomplete: 'Gib Tag, Monat und Jahr ein.',
  noSuchDay: (date) => `Einen ${date} gibt es nicht. Prüfe Tag und Monat.`,
  noLeapDay: (date, year) => `${year} gibt es keinen ${date}. Prüfe Tag und Jahr.`,
  didYouMean: 'Meintest du {email}?',
  useIt: 'Übernehmen',
  submit: { details: 'Anmelden', email: 'Code senden', about: 'Konto anlegen' },
  submitting: { details: 'Anmeldung läuft …', email: 'Wird gesendet …', about: 'Konto wird angelegt …' },
  byPasskey: 'Mit Passkey anmelden',
  offerTitle: 'Du bist angemeldet',
  offerLead: 'Nächstes Mal reicht dein Fingerabdruck, dein Gesicht oder die Geräte-PIN.',
  addPasskeyAsk: 'Passkey hinzufügen?',
  passkeyStays: 'Er bleibt auf deinem Gerät. Mit einem Code kannst du dich weiterhin anmelden.',
  addPasskey: 'Passkey hinzufügen',
  notNow: 'Nicht jetzt',
  passkeyLater: 'Du kannst das später unter „Konto“ ändern.',
  passkeyAdded: 'Passkey hinzugefügt',
  passkeyNotAdded: 'Passkey nicht hinzugefügt',
  withoutAccount: 'Ohne Konto weiter',
  failed: 'Anmelden hat nicht geklappt',
  signedIn: (name) => `Angemeldet als ${name}`,
  codeTitle: 'Schau in deine E-Mails',
  codeSent: (until) => `Wir haben einen Code an {email} geschickt. Er gilt bis ${until} Uhr.`,
  code: { 6: 'Sechsstelliger Code', 12: 'Zwölfstelliger Code' },
  codeIncomplete: { 6: 'Gib alle sechs Ziffern ein.', 12: 'Gib alle zwölf Ziffern ein.' },
  codeWrong: (tries) => `Dieser Code stimmt nicht. Du hast noch ${tries} ${tries === 1 ? 'Versuch' : 'Versuche'}.`,
  signIn: 'Anmelden',
  signingIn: 'Anmeldung läuft …',
  resend: 'Neuen Code senden',
  resendIn: 'Neuer Code in {time}',
  resending: 'Wird gesendet …',
  resent: 'Neuer Code gesendet',
  otherEmail: 'Andere E-Mail-Adresse',
  unchecked: 'Wir können E-Mail-Adressen gerade nicht prüfen.',
  uncheckedDetail: 'Du kannst weitermachen. Bei einem Tippfehler kommt der Code nicht an.',
  over: { code: 'Dieser Code gilt nicht mehr', registration: 'Das hat zu lange gedauert' },
  overDetail: {
    code: 'Er ist abgelaufen oder wurde zu oft probiert. Deine Adresse ist noch da: Fordere einen neuen Code an.',
    registration: 'Bestätige deine Adresse mit einem neuen Code. Deine Angaben sind noch da.',
  },
  aboutTitle: 'Über dich',
  isNew: '{email} ist neu hier. Danach fragen wir nur einmal.',
}

const SENTENCES: DetailsSentences = {
  email: {
    missing: 'Gib deine E-Mail-Adresse ein.',
    noAt: 'In dieser Adresse fehlt das @. Schreib sie wie mira@example.org.',
    localPart:
      'Vor dem @ gehen Buchstaben von A bis Z, Ziffern und Zeichen wie - oder +. Keine Leerzeichen, keine zwei Punkte nacheinander.',
    localPartTooLong: 'Der Teil vor dem @ ist zu lang. Höchstens 64 Zeichen sind möglich.',
    domain: 'Prüfe den Teil nach dem @. Er sieht aus wie example.org.',
    tooLong: `Deine E-Mail-Adresse ist zu lang. Höchstens ${LONGEST_EMAIL} Zeichen sind möglich.`,
  },
  firstName: {
    missing: 'Gib deinen Vornamen ein.',
    tooLong: `Dein Vorname ist zu lang. Höchstens ${LONGEST_NAME} Zeichen sind möglich.`,
    noLetter: 'Dein Vorname braucht mindestens einen Buchstaben.',
    unprintable: 'Dein Vorname enthält ein unsichtbares Zeichen. Tipp ihn noch einmal.',
    marks: 'Die Akzente in deinem Vornamen passen nicht zu den Buchstaben. Tipp ihn noch einmal.',
  },
  lastName: {
    missing: 'Gib deinen Nachnamen ein.',
    tooLong: `Dein Nachname ist zu lang. Höchstens ${LONGEST_NAME} Zeichen sind möglich.`,
    noLetter: 'Dein Nachname braucht mindestens einen Buchstaben.',
    unprintable: 'Dein Nachname enthält ein unsichtbares Zeichen. Tipp ihn noch einmal.',
    marks: 'Die Akzente in deinem Nachnamen passen nicht zu den Buchstaben. Tipp ihn noch einmal.',
  },
  birthDate: {
    missing: 'Gib dein Geburtsdatum ein.',
    format: 'Schreib das Geburtsdatum als Jahr, Monat und Tag: 1990-12-31.',
    noSuchDay: 'Diesen Tag gibt es nicht. Prüfe Tag und Monat.',
    tooEarly: 'Gib ein Jahr ab 1900 ein.',
    inFuture: 'Dieses Datum liegt in der Zukunft. Prüfe das Jahr.',
    tooYoung: (age) => `Du musst mindestens ${age} sein.`,
  },
}

export function detailsFaultText(field: keyof Details, fault: DetailsFault, minimumAge: number): string {
  return sentenceOf(SENTENCES, field, fault, minimumAge)
}
