import { t } from '#words/shell'
import { type Segment, Segmented } from './Segmented.tsx'
import { type Theme, useTheme } from './theme.ts'

const THEMES: readonly Segment<Theme>[] = [
  { value: 'light', label: t.light, icon: 'sun' },
  { value: 'dark', label: t.dark, icon: 'moon' },
  { value: 'system', label: t.system, icon: 'auto' },
]

export function ThemeChoice() {
  const [theme, choose] = useTheme()
  return <Segmented label={t.theme} segments={THEMES} value={theme} onChange={choose} />
}
