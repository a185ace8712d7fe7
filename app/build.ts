/**
 * Builds the app into `dist/`, once a language, so that who reads one loads no other: `index.html` is English,
 * `index.de.html` German, what both need has one name in `assets/`.
 */
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'vite'
import { compress } from './compressed.ts'
import { pageOf } from './language.ts'
import { LANGUAGES, type Language } from './src/kit/words/languages.ts'

const root = import.meta.dirname
const dist = join(root, 'dist')

// English last: its page keeps the name that all pages are built under.
for (const [place, language] of (Object.keys(LANGUAGES) as Language[]).toReversed().entries()) {
  await build({ root, mode: language, build: { emptyOutDir: place === 0 } })
  await rename(join(dist, 'index.html'), join(dist, pageOf(language)))
}
await compress(dist)
