import { useState } from 'react'
import { t } from '#words/shell'
import { type Segment, Segmented } from './Segmented.tsx'
import { storage } from './storage.ts'

/** `system` follows the device. `public/theme.js` sets it before the first paint, from the same key. */
type Theme = 'light' | 'dark' | 'system'

const KEY = 'theme'
const THEMES: readonly Segment<Theme>[] = [
  { value: 'light', label: t.light, icon: 'sun' },
  { value: 'dark', label: t.dark, icon: 'moon' },
  { value: 'system', label: t.system, icon: 'auto' },
]

export function ThemeChoice() {
  const [theme, setTheme] = useState<Theme>(() => {
    const kept = storage.get(KEY)
    return kept === 'light' || kept === 'dark' ? kept : 'system'
  })
  function choose(next: Theme) {
    setTheme(next)
    storage.set(KEY, next)
    document.documentElement.dataset.theme = next
  }
  return <Segmented label={t.theme} segments={THEMES} value={theme} onChange={choose} />
}
