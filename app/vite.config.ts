import { basename } from 'node:path'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { compressed } from './compressed.ts'
import { pageConfig, readConfig } from './config.ts'

const CHUNKS = [
  // What the first page needs in one file: it compresses better than in two.
  { name: 'index', tags: ['$initial' as const] },
  // What later pages share in one file too, for the first page holds the names of all. Dates are large and rarer.
  { name: 'kit', test: /src\/kit\/(?!Date)/, minShareCount: 2 },
]

export default defineConfig({
  // The app speaks English: React Aria's other 33 languages stay out of the build.
  plugins: [react(), optimizeLocales.vite({ locales: ['en-US'] }), configFile(), compressed()],
  server: { host: '127.0.0.1' },
  // The oldest browsers with `URL.parse`, which core's rule for email addresses asks for; they know `light-dark()` too.
  build: {
    target: ['chrome126', 'edge126', 'firefox126', 'safari18'],
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: CHUNKS } } },
  },
  // `Button-key`: no hash to send twice. The names of our style files are unique (src/css-classes.test.ts).
  css: { modules: { generateScopedName: (name, file) => `${basename(file, '.module.css')}-${name}` } },
})

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
