import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number

export const t: Translation<typeof en> = {
  title: 'Spielen',
  keys: 'Bewege dich mit den Pfeiltasten und spring mit der Eingabetaste. 1 und 2 springen eins oder zwei weiter. H gibt einen Tipp.',
  heading: 'Wie wenige Sprünge brauchst du?',
  across: 'Du bist drüben',
  soFar: (jumps) => (jumps === 1 ? '{number} Sprung bisher' : '{number} Sprünge bisher'),
  total: (jumps) => (jumps === 1 ? '{number} Sprung' : '{number} Sprünge'),
  tap: 'Tippe auf eine Wolke: eins oder zwei weiter.',
  choose: 'Wähle eine Wolke: eins oder zwei weiter.',
  on: (cloud) => `Du stehst auf Wolke ${n(cloud)}.`,
  backwards: 'Es geht nur vorwärts. Nimm einen Sprung zurück und versuch einen anderen Weg.',
  tooFar: 'Zu weit. Höchstens zwei weiter.',
  thunderhead: 'Das ist eine Gewitterwolke. Spring darüber.',
  blocked: 'Vor dir sind zwei Gewitterwolken: Hier kommt niemand vorbei. Dieses Brett hat keinen Weg.',
  best: 'Mit weniger schafft es niemand.',
  slower: (fewest) => (fewest === 1 ? 'Einer reicht.' : `${n(fewest)} reichen.`),

  actions: 'Spielen',
  hint: 'Tipp',
  takeBack: 'Zurücknehmen',
  again: 'Von vorn',
  shareLink: 'Link teilen',
  linkCopied: 'Link kopiert',
  linkCopiedDetail: 'Wer ihn öffnet, kann dieses Brett spielen. Die Antwort bleibt bis dahin verborgen.',
  showAnswer: 'Antwort zeigen',
  next: 'Wie es weitergeht',
  tryAgain: 'Noch einmal',
  shareResult: 'Ergebnis teilen',
  showRoute: 'Kürzesten Weg zeigen',

  rules: 'Die Regeln',
  rulesText: 'Lande auf Quellwolken. Spring über Gewitterwolken. Jeder Sprung geht eine oder zwei Wolken weit.',
  keyboard: 'Mit der Tastatur',
  keyboardOne: 'eins weiter springen',
  keyboardTwo: 'zwei weiter springen',
  keyboardHint: 'Tipp',
  own: 'Dein eigenes Brett',
  ownText: 'Bau ein Brett, sieh dir die Antwort an und schick es jemandem zum Spielen.',
  make: 'Brett bauen',

  shared: 'Das teilst du',
  result: (size, jumps, isFewest) =>
    `Ich bin mit ${n(jumps)} ${jumps === 1 ? 'Sprung' : 'Sprüngen'} über ${n(size)} ${size === 1 ? 'Wolke' : 'Wolken'} gekommen. ${isFewest ? 'Schaffst du das auch?' : 'Geht es mit weniger?'}`,
  sharedNote: 'Mit einem Link zu diesem Brett. Der Weg bleibt verborgen, bis es gespielt ist.',
  resultCopied: 'Ergebnis kopiert',
  resultCopiedDetail: 'Füge es in eine Nachricht ein.',
  notCopied: 'Nicht kopiert',
  notCopiedDetail: 'Dein Browser hat das Kopieren verhindert. Kopiere stattdessen die Adresse aus der Adresszeile.',
  another: 'Anderes Brett',
  anotherText: (size) => `Wieder ${n(size)} ${size === 1 ? 'Wolke' : 'Wolken'}, aber mit anderen Gewitterwolken.`,
  playAnother: 'Noch eins spielen',
}
