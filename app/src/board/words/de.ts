import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number
const clouds = (size: number) => (size === 1 ? 'Wolke' : 'Wolken')
const KIND = { cumulus: 'Kumulus', thunderhead: 'Gewitterwolke' }

export const t: Translation<typeof en> = {
  title: 'Brett',
  board: 'Wolken',
  keys: 'Pfeiltasten bewegen. Die Leertaste wechselt eine Wolke zwischen Kumulus und Gewitterwolke. Plus fügt am Ende eine Wolke an, Minus nimmt eine weg.',
  selfPlayKeys: 'Pfeiltasten bewegen. Die Leertaste springt auf die Wolke.',
  ends: 'Die erste und die letzte Wolke sind immer Kumulus.',
  cloud: (cloud, kind) => `Wolke ${cloud}, ${KIND[kind]}`,
  more: 'Bretter zum Ausprobieren, Kopien, Bilder, Druck',
  noWayOver: 'kein Weg',

  answer: {
    heading: 'Die wenigsten Sprünge vom Anfang bis zum Ende',
    total: n,
    jumps: (total) => (total === 1 ? 'Sprung' : 'Sprünge'),
    noRoute: 'Kein Weg',
    oneCloud: 'Die erste Wolke ist auch die letzte. Du bist schon da.',
    twoClouds: 'Beide Wolken sind immer Kumulus, darum ändert sich die Antwort nie: ein Sprung, ein Weg.',
    counting: 'Die Wege, die so schnell sind, werden gezählt. Das ist einer davon.',
    onlyRoute: 'Kein anderer Weg ist so schnell.',
    routes: (count) => `${n(count)} Wege sind so schnell. Das ist einer davon.`,
    manyRoutes: ['Etwa ', ' × 10', ' hoch ', ' Wege sind so schnell. Das ist einer davon.'],
    blocked: (blockedAt) =>
      `Die Wolken ${blockedAt} und ${blockedAt + 1} sind beide Gewitterwolken. Ein Sprung führt höchstens zwei Wolken weit, also kommt niemand daran vorbei. Am weitesten kommst du bis Wolke ${blockedAt - 1}.`,
    before: 'Voriger Weg',
    after: 'Nächster Weg',
    clearCloud: (cloud) => `Wolke ${cloud} auflösen`,
  },
  legend: {
    label: 'Was die Wolken bedeuten',
    cumulus: 'Kumulus, hier landen',
    thunderhead: 'Gewitterwolke, überspringen',
  },
  overview: {
    shown: (first, last, size) => `Wolken ${n(first)} bis ${n(last)} von ${n(size)}`,
    goTo: 'Zu Wolke',
    go: 'Los',
  },
  player: {
    label: 'Den Weg abspielen',
    toStart: 'Zum Anfang',
    stepBack: 'Schritt zurück',
    play: 'Abspielen',
    pause: 'Pause',
    stepOn: 'Schritt vor',
    at: (at, jumps) => `Sprung ${n(at)} von ${n(jumps)}`,
    position: 'Wo der Hase ist',
    speed: 'Tempo',
    speeds: { '0.5': '½×', '1': '1×', '2': '2×', '4': '4×' },
  },
  edit: {
    size: 'Anzahl der Wolken',
    count: n,
    clouds,
    remove: 'Letzte Wolke wegnehmen',
    add: 'Wolke anfügen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    clear: 'Leeren',
    selfPlay: 'Selbst spielen',
    share: 'Link teilen',
    copied: 'Link kopiert',
    copiedDetail: 'Wer ihn öffnet, sieht dieses Brett.',
    notCopied: 'Link nicht kopiert',
    notCopiedDetail: 'Der Browser erlaubt es hier nicht. In der Adresszeile steht derselbe Link.',
    badLink: 'In diesem Link steht kein Brett',
  },
  paste: {
    heading: 'Brett einfügen',
    label: 'Wolken',
    hint: 'Nullen und Einsen, mit oder ohne Leerzeichen. Die zwei Zeilen von HackerRank gehen auch.',
    use: 'Diese Wolken nehmen',
    longBoard: (size) => `${n(size)} Wolken, zu viele, um sie hier zu zeigen. Füge andere darüber ein.`,
    notTaken: 'Kein Brett',
    problems: {
      empty: 'Gib mindestens eine Wolke ein.',
      notACloud: (found, index) => `„${found}“ an Stelle ${n(index + 1)}. Nur 0 und 1 sind Wolken.`,
      firstNotSafe: 'Die erste Wolke ist eine Gewitterwolke. Die erste und die letzte müssen 0 sein.',
      lastNotSafe: 'Die letzte Wolke ist eine Gewitterwolke. Die erste und die letzte müssen 0 sein.',
      tooLong: (size, limit) => `${n(size)} Wolken. Mehr als ${n(limit)} gehen nicht.`,
      countDiffers: (stated, found) => `Angegeben: ${n(stated)} ${clouds(stated)}. Es folgen aber ${n(found)}.`,
    },
  },
  random: {
    heading: 'Zufälliges Brett',
    size: 'Wolken',
    density: 'Gewitterdichte',
    percent: (value) => `${value} %`,
    seed: 'Startwert',
    leaveRoute: 'Immer einen Weg lassen',
    make: 'Zufälliges Brett machen',
  },
  save: {
    heading: 'Diese Antwort behalten',
    signedOut:
      'Alles hier geht ohne Konto. Damit Brett und Antwort zu deinen Einsendungen kommen, melde dich mit einer E-Mail-Adresse an.',
    signIn: 'Anmelden und einsenden',
  },
}
