/**
 * What the first visit of the board costs over the wire in each language, in bytes of brotli: the page, its scripts
 * and styles, and the files they need at once. Ends with 1 above the limit, 85 kB.
 */
import { readFile } from 'node:fs/promises'
import { pageOf } from '../server/language.ts'
import { LANGUAGES, type Language } from '../src/i18n/languages.ts'

const LIMIT = 85_000
const dist = new URL('../dist/', import.meta.url)

for (const language of Object.keys(LANGUAGES) as Language[]) {
  const page = await readFile(new URL(pageOf(language), dist), 'utf8')
  const linked = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map(([, file]) => file as string)

  let total = 0
  for (const file of [pageOf(language), ...linked]) {
    const { length } = await readFile(new URL(`${file}.br`, dist))
    total += length
    console.log(`${length.toLocaleString('en').padStart(8)}  ${file}`)
  }
  console.log(`${total.toLocaleString('en').padStart(8)}  of ${LIMIT.toLocaleString('en')} bytes (brotli), ${language}`)
  if (total > LIMIT) process.exitCode = 1
}
