import type { ProblemType } from '@jotc/core/api/problem'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const REFUSED = 'Der Server hat das nicht angenommen. Lade die Seite neu und versuch es noch einmal.'
const BROKEN = 'Bei uns ist etwas schiefgegangen. Wenn es wieder passiert, schick uns den Fehlercode.'

/** By the type of the problem; those with a time to wait by its words. */
const SAID: Readonly<Partial<Record<ProblemType, string | ((wait: string) => string)>>> = {
  'invalid-input': 'Prüfe deine Angaben.',
  'wrong-code': 'Dieser Code stimmt nicht.',
  'email-undeliverable': 'Unter dieser Adresse kommt keine E-Mail an. Prüfe die Schreibweise.',
  'email-disposable': 'Das ist eine Wegwerfadresse. Nimm eine, die du behältst.',
  'email-unconfirmed':
    'Wir konnten diese Adresse nicht bestätigen. Versuch es in zehn Minuten noch einmal oder nimm eine andere.',
  'email-accept-all':
    'Wir können diese Adresse nicht bestätigen, weil der Mailserver jeden Namen annimmt. Nimm eine andere.',
  'email-risky': 'Unter dieser Adresse kommen E-Mails vielleicht nicht an. Nimm eine andere.',
  'sign-in-required': 'Melde dich dafür an.',
  'invalid-token': 'Deine Anmeldung ist abgelaufen. Melde dich noch einmal an.',
  'session-expired': 'Deine Anmeldung ist abgelaufen. Melde dich noch einmal an.',
  'session-ended': 'Deine Anmeldung ist abgelaufen. Melde dich noch einmal an.',
  'account-erased': 'Dieses Konto gibt es nicht mehr.',
  'details-do-not-match': 'Diese Angaben passen nicht zu diesem Konto. Prüfe sie noch einmal.',
  'administrators-only': 'Das können nur Admins.',
  'not-found': 'Das gibt es hier nicht.',
  'account-not-found': 'Dieses Konto gibt es nicht mehr.',
  'submission-not-found': 'Dieses Brett gibt es nicht mehr.',
  'last-administrator': 'Das ist der einzige Admin. Mach erst jemand anderen zum Admin.',
  'idempotency-key-reused': 'Das hat nicht geklappt. Lade die Seite neu und versuch es noch einmal.',
  'code-over': 'Dieser Code gilt nicht mehr. Fordere einen neuen Code an.',
  'registration-over': 'Das hat zu lange gedauert, oder das Konto gibt es schon. Melde dich noch einmal an.',
  'body-too-large': 'Das ist zu groß. Teile es auf.',
  'rate-limited': (wait) => `Das waren zu viele Anfragen. Versuch es ${wait} noch einmal.`,
  'too-many-sign-ins': (wait) => `Zu viele Anmeldeversuche. Versuch es ${wait} noch einmal.`,
  'too-many-codes': (wait) =>
    `An diese Adresse haben wir schon mehrere Codes geschickt. Versuch es ${wait} noch einmal.`,
  'passkey-refused': 'Dieser Passkey passt hier nicht. Nimm einen anderen, oder melde dich ohne ihn an.',
  'passkey-challenge-over': 'Das hat zu lange gedauert. Versuch es noch einmal.',
  'passkey-not-found': 'Diesen Passkey gibt es nicht mehr.',
  'too-many-passkeys': 'Du hast schon 20 Passkeys. Entferne erst einen.',
  'too-many-api-tokens': 'Du hast schon 20 API-Token. Widerrufe erst eines.',
  'api-token-not-found': 'Dieses Token gibt es nicht mehr.',
  'session-not-found': 'Dieses Gerät ist schon abgemeldet.',
  unexpected: BROKEN,
  overloaded: 'Gerade ist viel los. Versuch es gleich noch einmal.',
  'database-unavailable': 'Das geht gerade nicht. Versuch es gleich noch einmal.',
  'out-of-storage': 'Wir haben keinen Speicherplatz mehr. Versuch es in einer Minute noch einmal.',
  'submission-removed': 'Dieses Brett wurde inzwischen gelöscht. Speichere es noch einmal.',
  'too-many-imports': 'Gerade laufen zu viele Importe. Versuch es gleich noch einmal.',
  'too-many-exports': 'Gerade laufen zu viele Exporte. Versuch es gleich noch einmal.',
  'email-check-unavailable':
    'Wir können E-Mail-Adressen gerade nicht prüfen. Es liegt nicht an deiner. Versuch es in ein paar Minuten noch einmal.',
  'mail-unavailable':
    'Wir konnten deinen Code nicht senden. Es liegt nicht an deiner Adresse. Versuch es in einer Minute noch einmal.',
}

function wait(seconds: number | undefined): string {
  if (seconds === undefined) return 'gleich'
  if (seconds > 90) return `in ${Math.ceil(seconds / 60)} Minuten`
  return seconds === 1 ? 'in 1 Sekunde' : `in ${seconds} Sekunden`
}

export const t: Translation<typeof en> = {
  timeout: 'Der Server hat zu lange gebraucht. Versuch es noch einmal.',
  refused: REFUSED,
  broken: BROKEN,
  pageBroken: 'Auf dieser Seite ist etwas schiefgegangen. Lade sie neu und versuch es noch einmal.',
  said(type, _detail, seconds) {
    // Nobody meets the others, unless this page and the service are of different age.
    const said = SAID[type] ?? REFUSED
    return typeof said === 'function' ? said(wait(seconds)) : said
  },
  exportFailed: 'Export nicht begonnen',
  signedOut: 'Du bist abgemeldet',
  signedOutWhy: {
    'session-expired':
      'Nach langer Zeit melden wir dich ab, damit dein Konto sicher bleibt. Melde dich noch einmal an, um weiterzumachen.',
    'session-ended': 'Dieser Browser wurde abgemeldet: von dir auf einem anderen Gerät oder von einem Admin.',
    'account-erased': 'Dieses Konto gibt es nicht mehr.',
    'sign-in-required':
      'Dieser Browser hat deine Anmeldung nicht behalten. Wenn es wieder passiert, erlaube Cookies für diese Seite.',
    'invalid-token': 'Deine Anmeldung ist abgelaufen. Melde dich noch einmal an, um weiterzumachen.',
  },
}
