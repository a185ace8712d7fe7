import { useEffect, useState } from 'react'
import { readConfig } from '#api/config.ts'
import { LANGUAGES, type Language } from '#i18n/languages.ts'
import { LANGUAGE, t } from '#i18n/words/en.ts'
import { Button } from '#ui/Button.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import layout from '#ui/layout.module.css'
import { whyAway } from '#ui/page/part.tsx'
import css from './Footer.module.css'

export function Footer() {
  return (
    <footer className={layout.wrap}>
      <div className={css.foot}>
        <span>{t.foot}</span>
        <ModeTag />
        <LanguageChoice />
      </div>
    </footer>
  )
}

/** Says that this is a development system; nothing in production. */
function ModeTag() {
  const [isDevelopment, setDevelopment] = useState(false)
  useEffect(() => {
    // Without the configuration every call to the API says what is wrong.
    readConfig().then(
      ({ mode }) => setDevelopment(mode === 'development'),
      () => undefined,
    )
  }, [])
  return isDevelopment ? <span className={css.tag}>{t.developmentMode}</span> : null
}

/** The languages by their own names; buttons, because choosing one loads the page anew. */
function LanguageChoice() {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields of a form
    <div className={css.languages} role="group" aria-label={t.language}>
      {(Object.keys(LANGUAGES) as Language[]).map((language) => (
        <Button
          key={language}
          variant="quiet"
          small
          lang={language}
          aria-current={language === LANGUAGE}
          onPress={() => void chooseLanguage(language)}
        >
          {LANGUAGES[language]}
        </Button>
      ))}
    </div>
  )
}

const YEAR = 31_536_000

/** The app's server reads it from then on (language.ts); what is on the page stands in its address. */
async function chooseLanguage(language: Language) {
  const away = await whyAway()
  if (away !== undefined) return toast.warning({ title: t.languageNotChanged, detail: away })
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there on pages without HTTPS
  document.cookie = `language=${language};path=/;max-age=${YEAR};samesite=lax`
  location.reload()
}
