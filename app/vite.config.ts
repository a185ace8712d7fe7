import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { defineConfig, type Plugin, type ProxyOptions } from 'vite'
import { apiServer, pageConfig, readConfig } from './server/config.ts'
import { isLanguage } from './src/i18n/languages.ts'
import { HTML_WORDS as de } from './src/i18n/words/de.ts'
import { HTML_WORDS as en } from './src/i18n/words/en.ts'

const CHUNKS = [
  // What the first page needs in one file: it compresses better than in two.
  { name: 'index', tags: ['$initial' as const] },
  // What the board and its frame ask for later, in one file too: each further one costs its name in the first.
  {
    name: 'later',
    test: /src\/(?:frame\/(?:Settings|offline)|board\/(?:play|why|grid\/Overview|tools\/(?:MoreTools|SaveBoard)|state\/read-text)|random|reason|routes)/,
  },
  // What later pages share in one file too, for the first page has to name them all; TanStack Query apart, which only
  // those with lists need.
  { name: 'shared', test: /src\/(?:api|i18n|sky|ui)\/(?!query-client)/, minShareCount: 2 },
]

const HTML_WORDS = { en, de }

const { version, homepage = '' } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
  version: string
  homepage?: string
}

/** A build is in one language, its mode (build/build.ts); development is in English, `vite --mode de` in German. */
export default defineConfig(({ mode, command }) => {
  const language = isLanguage(mode) ? mode : 'en'
  const { direction, description, noScript, notLoaded } = HTML_WORDS[language]
  return {
    plugins: [configFile()],
    server: { host: '127.0.0.1', proxy: apiProxy() },
    resolve: {
      alias: [
        // wouter brings a copy of what React has had since 18.
        { find: 'use-sync-external-store/shim/index.js', replacement: 'react' },
        // Sources import English words, and each build gets its own language's.
        { find: /\/words\/en\.ts$/, replacement: `/words/${language}.ts` },
      ],
    },
    define: {
      // For the footer: the version, and where its source is, if package.json has a `homepage`.
      'import.meta.env.VERSION': JSON.stringify(version),
      'import.meta.env.SOURCE': JSON.stringify(homepage),
      // For index.html.
      'import.meta.env.LANGUAGE': JSON.stringify(language),
      'import.meta.env.DIRECTION': JSON.stringify(direction),
      'import.meta.env.DESCRIPTION': JSON.stringify(description),
      'import.meta.env.NO_SCRIPT': JSON.stringify(noScript),
      'import.meta.env.NOT_LOADED': JSON.stringify(notLoaded),
    },
    // The oldest browsers with `URL.parse`, which core's rule for email addresses asks for; they know `light-dark()` too.
    build: {
      target: ['chrome126', 'edge126', 'firefox126', 'safari18'],
      modulePreload: { polyfill: false },
      rolldownOptions: {
        output: { codeSplitting: { groups: CHUNKS } },
        // TanStack Query says `'use client'`: everything here is.
        checks: { moduleLevelDirective: false },
      },
    },
    css: { modules: command === 'build' ? { generateScopedName: shortName } : {} },
  }
})

/** The API under a path of the app's address, as serve.ts has it. */
function apiProxy(): Record<string, ProxyOptions> {
  const config = readConfig()
  const { apiUrl } = config
  if (!apiUrl.startsWith('/')) return {}
  const rewrite = (path: string) => path.slice(apiUrl.length)
  return { [`^${RegExp.escape(apiUrl)}/`]: { target: apiServer(config), xfwd: true, rewrite } }
}

const STYLES = globSync('src/**/*.module.css', { cwd: import.meta.dirname }).toSorted()
const classes = new Map(STYLES.map((file) => [file, [] as string[]]))

/** A class by its place, such as `b3`: 0.6 kB less in the first load, and the same in each language. */
function shortName(name: string, path: string): string {
  const file = relative(import.meta.dirname, path)
  const known = classes.get(file) as string[]
  if (!known.includes(name)) known.push(name)
  const place = STYLES.indexOf(file)
  return String.fromCharCode(97 + (place % 26)).repeat(1 + Math.floor(place / 26)) + known.indexOf(name)
}

/** `/config.json` for `vite` in development; serve.ts makes it otherwise. */
function configFile(): Plugin {
  return {
    name: 'config-file',
    configureServer({ middlewares }) {
      const config = JSON.stringify(pageConfig(readConfig()))
      middlewares.use('/config.json', (_request, response) => {
        response.setHeader('content-type', 'application/json').end(config)
      })
    },
  }
}
