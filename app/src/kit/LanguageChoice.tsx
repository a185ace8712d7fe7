import { LANGUAGE } from '#words/language'
import { t } from '#words/shell'
import { Button } from './Button.tsx'
import css from './LanguageChoice.module.css'
import { LANGUAGES, type Language } from './words/languages.ts'

const YEAR = 31_536_000

/** The languages by their own names; buttons, because choosing one loads the page anew. */
export function LanguageChoice() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form
    <div className={css.languages} role="group" aria-label={t.language}>
      {(Object.keys(LANGUAGES) as Language[]).map((language) => (
        <Button
          key={language}
          kind="quiet"
          small
          lang={language}
          aria-current={language === LANGUAGE}
          onPress={() => choose(language)}
        >
          {LANGUAGES[language]}
        </Button>
      ))}
    </div>
  )
}

/** The app's server reads it from then on (language.ts); what is on the page stands in its address. */
function choose(language: Language) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there on pages without HTTPS
  document.cookie = `language=${language};path=/;max-age=${YEAR};samesite=lax`
  location.reload()
}
