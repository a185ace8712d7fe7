import { useEffect, useState } from 'react'
import { t } from '#words/shell'
import { readConfig } from './config.ts'
import css from './ModeTag.module.css'

/** Says that this is a development system; nothing in production. */
export function ModeTag() {
  const [isDevelopment, setDevelopment] = useState(false)
  useEffect(() => {
    // Without its configuration the app cannot tell, and every call to the API will say what is wrong.
    readConfig().then(
      ({ mode }) => setDevelopment(mode === 'development'),
      () => undefined,
    )
  }, [])
  return isDevelopment ? <span className={css.tag}>{t.developmentMode}</span> : null
}
