import { foldName } from './name.ts'

export const LONGEST_EMAIL = 254
const LONGEST_LOCAL_PART = 64

export type EmailFault = 'missing' | 'noAt' | 'localPart' | 'localPartTooLong' | 'domain' | 'tooLong'

/** The platform's URL parser, in Node and in the page: its host is the domain in ASCII (UTS 46, WHATWG URL). */
declare const URL: { parse(url: string): { hostname: string } | null }

/**
 * The form of an email address (RFC 5321 and RFC 5322 dot-atom, without quoted parts and address
 * literals): an ASCII local part of at most 64, a domain with a dot, at most 254 in all.
 *
 * @returns the address in the one form in which it is compared and stored: trimmed, domain in ASCII,
 *   all in lower case; or what is wrong with it
 */
export function readEmail(text: string): { value: string } | { fault: EmailFault } {
  const address = text.trim()
  if (address === '') return { fault: 'missing' }
  const at = address.lastIndexOf('@')
  if (at === -1) return { fault: 'noAt' }
  const localPart = address.slice(0, at)
  if (!DOT_ATOM.test(localPart)) return { fault: 'localPart' }
  if (localPart.length > LONGEST_LOCAL_PART) return { fault: 'localPartTooLong' }
  // First, for the time that a domain takes to be put in ASCII grows with the square of its length.
  if (address.length > at + 1 + LONGEST_EMAIL) return { fault: 'tooLong' }
  const domain = asciiDomain(address.slice(at + 1))
  if (domain === undefined) return { fault: 'domain' }
  const value = `${localPart.toLowerCase()}@${domain}`
  return value.length > LONGEST_EMAIL ? { fault: 'tooLong' } : { value }
}

const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
/** Letters, digits and inner hyphens, at most 63, two labels or more, the last one no number (RFC 1123). */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** ASCII that no domain has, but that the URL parser would read as a port, a path or an escape. */
const FOREIGN_ASCII = /[\0-,/:-@[-`{-\x7f]/

function asciiDomain(domain: string): string | undefined {
  if (FOREIGN_ASCII.test(domain)) return undefined
  const host = URL.parse(`http://${domain}`)?.hostname
  return host !== undefined && DOMAIN.test(host) ? host : undefined
}

/**
 * A part of an address as somebody writes who looks for it, in the form in which addresses are stored: what is not
 * ASCII is folded to it (width, case, apostrophes), and a whole label of a domain in Unicode is in its ASCII form.
 */
export function emailPart(text: string): string {
  const part = text.normalize('NFC').replace(/[^\s@.＠．]+/g, (label) => {
    const folded = label.replace(/[^\0-\x7fß]+/g, foldName)
    return /^[\0-\x7f]*$/.test(folded)
      ? folded
      : (asciiDomain(`${label}.example`)?.slice(0, -'.example'.length) ?? folded)
  })
  return part
    .replace(/[＠．\s]+/g, (sign) => sign.normalize('NFKC'))
    .trim()
    .toLowerCase()
}
