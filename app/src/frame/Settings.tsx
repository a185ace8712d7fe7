import { type FocusEvent, useState } from 'react'
import { storage } from '#api/storage.ts'
import { LANGUAGES, type Language } from '#i18n/languages.ts'
import { LANGUAGE, t } from '#i18n/words/en.ts'
import { Button } from '#ui/Button.tsx'
import { toast } from '#ui/feedback/toast.tsx'
import { RadioGroup, type RadioOption } from '#ui/form/RadioGroup.tsx'
import { Group } from '#ui/Group.tsx'
import { whyAway } from '#ui/page/part.tsx'
import css from './Shell.module.css'

/** What the menu of the header holds. */
export default function Settings() {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the focus leave its controls
    <div className={css.choices} onBlur={closeAfter}>
      <ThemeChoice />
      <LanguageChoice />
    </div>
  )
}

/** Closes the menu when the focus goes on; the button that opened it closes it itself. */
function closeAfter({ currentTarget, relatedTarget }: FocusEvent) {
  const menu = currentTarget.closest<HTMLElement>('[popover]')
  const isElsewhere = relatedTarget instanceof Element && !menu?.contains(relatedTarget)
  if (isElsewhere && !relatedTarget.matches('[popovertarget]')) menu?.hidePopover()
}

/** `system` follows the device. `public/theme.js` sets it before the first paint, from the same key. */
type Theme = 'light' | 'dark' | 'system'

const KEY = 'theme'
const THEMES: readonly RadioOption<Theme>[] = [
  { value: 'light', label: t.light },
  { value: 'dark', label: t.dark },
  { value: 'system', label: t.system },
]

function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(() => {
    const stored = storage.get(KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  })
  function choose(next: Theme) {
    setTheme(next)
    storage.set(KEY, next)
    document.documentElement.dataset.theme = next
  }
  return <RadioGroup label={t.theme} labelPlace="above" options={THEMES} value={theme} onChange={choose} />
}

/** The languages by their own names; buttons, because choosing one loads the page anew. */
function LanguageChoice() {
  return (
    <Group aria-label={t.language}>
      <b aria-hidden="true">{t.language}</b>
      <div className={css.languages}>
        {(Object.keys(LANGUAGES) as Language[]).map((language) => (
          <Button
            key={language}
            lang={language}
            aria-current={language === LANGUAGE}
            onPress={() => void chooseLanguage(language)}
          >
            {LANGUAGES[language]}
          </Button>
        ))}
      </div>
    </Group>
  )
}

const YEAR = 31_536_000

/** The app's server reads it from then on (language.ts); what is on the page stands in its address. */
async function chooseLanguage(language: Language) {
  const away = await whyAway()
  if (away !== undefined) return toast.warning({ title: t.languageNotChanged, detail: away })
  // biome-ignore lint/suspicious/noDocumentCookie: pages without HTTPS have no Cookie Store API
  document.cookie = `language=${language};path=/;max-age=${YEAR};samesite=lax`
  location.reload()
}
