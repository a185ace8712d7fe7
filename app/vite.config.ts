import { basename } from 'node:path'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { pageConfig, readConfig } from './config.ts'
import type { Language } from './src/kit/words/languages.ts'
import { isLanguage, words } from './words-plugin.ts'

const CHUNKS = [
  // What the first page needs in one file: it compresses better than in two.
  { name: 'index', tags: ['$initial' as const] },
  // What later pages share in one file too, for the first page has to name them all. Dates are large and rarer.
  { name: 'kit', test: /src\/kit\/(?!Date)/, minShareCount: 2 },
]

/** React Aria's only English is the American one. */
const ARIA: Record<Language, string> = { en: 'en-US', de: 'de-DE' }

export default defineConfig(({ mode }) => ({
  // A build is in one language (build.ts): React Aria's 33 others stay out of it.
  plugins: [react(), isLanguage(mode) && optimizeLocales.vite({ locales: [ARIA[mode]] }), words(mode), configFile()],
  server: { host: '127.0.0.1' },
  // wouter brings a copy of what React has had since 18.
  resolve: { alias: { 'use-sync-external-store/shim/index.js': 'react' } },
  // The oldest browsers with `URL.parse`, which core's rule for email addresses asks for; they know `light-dark()` too.
  build: {
    target: ['chrome126', 'edge126', 'firefox126', 'safari18'],
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  // `Button-key`: no hash to send twice. The names of our style files are unique (src/styles.test.ts).
  css: { modules: { generateScopedName: (name, file) => `${basename(file, '.module.css')}-${name}` } },
}))

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
