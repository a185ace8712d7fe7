import { useState } from 'react'
import { storage } from '#api/storage.ts'
import { t } from '#i18n/words/en.ts'
import { RadioGroup, type RadioOption } from '#ui/RadioGroup.tsx'

/** `system` follows the device. `public/theme.js` sets it before the first paint, from the same key. */
type Theme = 'light' | 'dark' | 'system'

const KEY = 'theme'
const THEMES: readonly RadioOption<Theme>[] = [
  { value: 'light', label: t.light, icon: 'sun' },
  { value: 'dark', label: t.dark, icon: 'moon' },
  { value: 'system', label: t.system, icon: 'auto' },
]

export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(() => {
    const stored = storage.get(KEY)
    return stored === 'light' || stored === 'dark' ? stored : 'system'
  })
  function choose(next: Theme) {
    setTheme(next)
    storage.set(KEY, next)
    document.documentElement.dataset.theme = next
  }
  return <RadioGroup label={t.theme} options={THEMES} value={theme} onChange={choose} />
}
