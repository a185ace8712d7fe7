/**
 * Builds the app into `dist/`, once a language, so that nobody loads a language that they do not read: `index.html`
 * is English, `index.de.html` German, what both need has one name in `assets/`. Each text file gets a brotli and a
 * gzip copy beside it, so that no request waits for compression.
 */
import { glob, readFile, rename, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'
import { pageOf } from '../server/language.ts'
import { LANGUAGES, type Language } from '../src/i18n/languages.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const TEXTS = '**/*.{html,js,css,svg,json,webmanifest}'
/** Blocks of 64 kB: for what we build, statistics that follow the text more closely save more than they take. */
const BROTLI = { params: { [constants.BROTLI_PARAM_LGBLOCK]: 16 } }

// English last: its page keeps the name that all pages are built under.
for (const [place, language] of (Object.keys(LANGUAGES) as Language[]).toReversed().entries()) {
  await build({ root, mode: language, build: { emptyOutDir: place === 0 } })
  await rename(join(dist, 'index.html'), join(dist, pageOf(language)))
}
const files = await Array.fromAsync(glob(TEXTS, { cwd: dist }))
await Promise.all(files.map((file) => compress(join(dist, file))))
const now = Math.floor(Date.now() / 1000)
for (const [place, language] of (Object.keys(LANGUAGES) as Language[]).entries()) await date(language, now - place)

async function compress(file: string): Promise<void> {
  const text = await readFile(file)
  await writeFile(`${file}.br`, await promisify(brotliCompress)(text, BROTLI))
  await writeFile(`${file}.gz`, await promisify(gzip)(text, { level: 9 }))
}

/**
 * Each language's page is of a second of its own: both servers make their ETags of time and size, and pages of one
 * address must never share one.
 */
async function date(language: Language, second: number): Promise<void> {
  for (const ending of ['', '.br', '.gz']) await utimes(join(dist, pageOf(language) + ending), second, second)
}
