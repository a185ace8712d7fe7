import { format } from '#i18n/format.ts'
import type { Translation } from '#i18n/languages.ts'
import type { t as en } from './en.ts'

const n = format.number
const PLACES = { here: 'hier ist der Hase', one: 'eins weiter', two: 'zwei weiter' }
const KIND = { cumulus: 'Quellwolke', thunderhead: 'Gewitterwolke' }

export const t: Translation<typeof en> = {
  title: 'Brett',
  board: 'Wolken',
  keys: 'Bewege dich mit den Pfeiltasten. Die Leertaste wechselt zwischen Quellwolke und Gewitterwolke. + fügt am Ende eine Wolke an, − entfernt die letzte.',
  ends: 'Die erste und die letzte Wolke sind immer Quellwolken.',
  cloud: (cloud, kind, place) => `Wolke ${cloud}, ${KIND[kind]}${place ? `, ${PLACES[place]}` : ''}`,
  more: 'Mehr: Beispiele, kopieren, herunterladen, drucken',
  noWayOver: 'kein Weg',

  answer: {
    heading: 'Der kürzeste Weg ans Ziel',
    total: (jumps) => (jumps === 1 ? '{number} Sprung' : '{number} Sprünge'),
    noRoute: 'Kein Weg',
    oneCloud: 'Die erste Wolke ist auch die letzte. Du bist schon da.',
    twoClouds: 'Beide Wolken sind immer Quellwolken. Die Antwort ist deshalb immer ein Sprung.',
    counting: 'Alle gleich kurzen Wege werden gezählt. Dies ist einer davon.',
    onlyRoute: 'Kein anderer Weg ist so kurz.',
    routes: (count) => `${n(count)} Wege sind gleich kurz. Dies ist einer davon.`,
    manyRoutes: 'Etwa {number} Wege sind gleich kurz. Dies ist einer davon.',
    spokenPower: (digits, exponent) => `${digits} mal 10 hoch ${exponent}`,
    blocked: (blockedAt) =>
      `Die Wolken ${n(blockedAt)} und ${n(blockedAt + 1)} sind beide Gewitterwolken. Ein Sprung reicht höchstens zwei Wolken weit, also kommt hier niemand vorbei. Du kommst bis Wolke ${n(blockedAt - 1)}.`,
    before: 'Voriger Weg',
    after: 'Nächster Weg',
    another: 'Anderer Weg',
    tip: 'Tippe auf eine Wolke, um sie zu ändern.',
    clearCloud: (cloud) => `Wolke ${n(cloud)} auflösen`,
  },
  legend: {
    label: 'Was die Wolken bedeuten',
    cumulus: 'Quellwolke, hier landen',
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
    at: (at, jumps) => `${n(at)} von ${n(jumps)}`,
    jump: (at, jumps) => `Sprung ${n(at)} von ${n(jumps)}`,
    run: 'Sprung und Tempo',
    position: 'Position des Hasen',
    speed: 'Tempo',
    speeds: { '0.5': '½×', '1': '1×', '2': '2×', '4': '4×' },
  },
  why: () => 'Warum es nicht mit weniger geht',
  edit: {
    board: 'Brett ändern',
    clouds: (size) => (size === 1 ? '{number} Wolke' : '{number} Wolken'),
    remove: 'Letzte Wolke entfernen',
    add: 'Wolke anfügen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    clear: 'Alle Gewitterwolken auflösen',
    selfPlay: 'Selbst spielen',
    share: 'Link teilen',
    copied: 'Link kopiert',
    copiedDetail:
      'Wer ihn öffnet, sieht dieses Brett und seine Antwort. Über „Selbst spielen“ geteilt, bleibt sie verborgen.',
    notCopied: 'Link nicht kopiert',
    notCopiedDetail: 'Dein Browser hat das Kopieren verhindert. Kopiere stattdessen die Adresse aus der Adresszeile.',
    badLink: 'Dieser Link funktioniert nicht',
  },
  paste: {
    heading: 'Brett einfügen',
    label: 'Wolken',
    hint: '0 und 1, mit oder ohne Leerzeichen. Auch das zweizeilige Format von HackerRank geht.',
    use: 'Diese Wolken übernehmen',
    longBoard: (size) =>
      `${n(size)} Wolken sind zu viele, um sie hier zu zeigen. Füge ein Brett ein, um sie zu ersetzen.`,
    notTaken: 'Brett nicht gelesen',
  },
  random: {
    heading: 'Zufallsbrett',
    size: 'Wolken',
    density: 'Gewitterwolken',
    percent: (value) => `${value} %`,
    seed: 'Startwert',
    leaveRoute: 'Immer einen Weg lassen',
    make: 'Zufallsbrett erstellen',
  },
  save: {
    heading: 'Dieses Brett speichern',
    signedOut:
      'Hier geht alles ohne Konto. Melde dich an, um das Brett zu speichern und auf jedem Gerät wiederzufinden.',
    signIn: 'Anmelden und speichern',
  },
}
