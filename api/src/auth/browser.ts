import type { IncomingHttpHeaders } from 'node:http'

const MAX_LENGTH = 60

/** Browsers also claim to be others, so the first match counts. */
const BROWSERS: [name: string, mark: RegExp][] = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|OPT|Opera)\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:(?:Headless)?Chrome|CriOS|Chromium)\//],
  ['Safari', /\bSafari\//],
]
const SYSTEMS: [name: string, mark: RegExp][] = [
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Windows', /\bWindows\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
]

/**
 * The browser of a request, as people recognise it in a list: “Firefox on Linux”. Read from `User-Agent` and, for
 * brands that do not appear there, `Sec-CH-UA`. A hint for people, never proof.
 *
 * @returns 1 to 60 characters
 */
export function browserOf(headers: IncomingHttpHeaders): string {
  const agent = headers['user-agent'] ?? ''
  const [product = ''] = /^[\w.+-]+/.exec(agent) ?? []
  const isBrave = /"Brave"/.test(String(headers['sec-ch-ua'] ?? ''))
  const browser = isBrave ? 'Brave' : firstOf(BROWSERS, agent)
  const system = firstOf(SYSTEMS, agent)
  const name = browser ?? (product === '' || product === 'Mozilla' ? 'Unknown browser' : product)
  return (system === undefined ? name : `${name} on ${system}`).slice(0, MAX_LENGTH)
}

function firstOf(names: [name: string, mark: RegExp][], agent: string): string | undefined {
  return names.find(([, mark]) => mark.test(agent))?.[0]
}
