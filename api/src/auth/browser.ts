import type { IncomingHttpHeaders } from 'node:http'

const MAX_LENGTH = 60

/** Browsers say that they are others too; the first that fits is meant. */
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
 * What a request was sent with, as people know it again in a list: “Firefox on Linux”. By `User-Agent` and, for the
 * brands that do not show there, `Sec-CH-UA`; a hint for people, never a proof.
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
