/**
 * Builds the app into `dist/`, once a language, so that nobody loads a language that they do not read: `index.html`
 * is English, `index.de.html` German, what both need has one name in `assets/`; `sw.en.js` and `sw.de.js` keep the
 * files of their language for when there is no network (src/frame/worker.ts). Each text file gets a brotli and a
 * gzip copy beside it, so that no request waits for compression.
 */
import { createHash } from 'node:crypto'
import { glob, readFile, rename, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build, type Rolldown } from 'vite'
import { pageOf } from '../server/language.ts'
import { LANGUAGES, type Language } from '../src/i18n/languages.ts'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')
const TEXTS = '**/*.{html,js,css,svg,json,webmanifest}'
/** Blocks of 64 kB: for what we build, statistics that follow the text more closely save more than they take. */
const BROTLI = { params: { [constants.BROTLI_PARAM_LGBLOCK]: 16 } }

// English last: its page keeps the name that all pages are built under.
for (const [place, language] of (Object.keys(LANGUAGES) as Language[]).toReversed().entries()) {
  const { output } = (await build({
    root,
    mode: language,
    build: { emptyOutDir: place === 0 },
  })) as Rolldown.RolldownOutput
  await rename(join(dist, 'index.html'), join(dist, pageOf(language)))
  const assets = output.map(({ fileName }) => fileName).filter((file) => file.startsWith('assets/'))
  await buildWorker(language, assets)
}
const files = await Array.fromAsync(glob(TEXTS, { cwd: dist }))
await Promise.all(files.map((file) => compress(join(dist, file))))
const now = Math.floor(Date.now() / 1000)
for (const [place, language] of (Object.keys(LANGUAGES) as Language[]).entries()) await date(language, now - place)

/** @param assets whose names change with their content */
async function buildWorker(language: Language, assets: readonly string[]): Promise<void> {
  const named = await Promise.all(
    [pageOf(language), 'theme.js', 'mark.svg'].map(async (file) => {
      const revision = createHash('sha256').update(await readFile(join(dist, file)))
      return { url: `/${file}`, revision: revision.digest('hex').slice(0, 16) }
    }),
  )
  const files = [...named, ...assets.toSorted().map((file) => ({ url: `/${file}`, revision: null }))]
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define: { FILES: JSON.stringify(files), PAGE: JSON.stringify(`/${pageOf(language)}`) },
    build: {
      emptyOutDir: false,
      rolldownOptions: {
        input: join(root, 'src/frame/worker.ts'),
        output: { format: 'iife', entryFileNames: `sw.${language}.js` },
      },
    },
  })
}

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
