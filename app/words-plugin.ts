import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { languageFor } from './language.ts'
import { t as de } from './src/kit/words/de/language.ts'
import { t as en } from './src/kit/words/en/language.ts'
import { LANGUAGES, type Language } from './src/kit/words/languages.ts'

const PAGES: Record<Language, typeof en> = { en, de }

/**
 * Gives the app its words: `#words/PAGE` is a file of one language, and index.html speaks it too.
 *
 * @param mode the language of this build; in development each page is sent in the language of the request
 */
export function words(mode: string): Plugin {
  let language: Language = isLanguage(mode) ? mode : 'en'
  return {
    name: 'words',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^#words\// },
      handler: (id) => fileURLToPath(new URL(`src/kit/words/${language}/${id.slice(7)}.ts`, import.meta.url)),
    },
    transformIndexHtml: {
      order: 'pre',
      handler(html) {
        const { direction, description, noScript } = PAGES[language]
        return html
          .replace('lang="en" dir="ltr"', `lang="${language}" dir="${direction}"`)
          .replace('%description%', description)
          .replace('%noScript%', noScript)
      },
    },
    configureServer({ middlewares, moduleGraph }) {
      middlewares.use((request, _response, next) => {
        const asked = languageFor(request.headers)
        if (request.headers.accept?.includes('text/html') && asked !== language) {
          language = asked
          moduleGraph.invalidateAll()
        }
        next()
      })
    },
  }
}

export function isLanguage(mode: string): mode is Language {
  return Object.hasOwn(LANGUAGES, mode)
}
