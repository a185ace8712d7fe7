import { useEffect, useState } from 'react'
import { readConfig } from '#api/config.ts'
import { t } from '#i18n/words/en.ts'
import layout from '#ui/layout.module.css'
import css from './Footer.module.css'

export function Footer() {
  const { apiUrl, mode } = useConfig()
  return (
    <footer className={layout.wrap}>
      <div className={css.foot}>
        <span>{t.foot}</span>
        {mode === 'development' && <span className={css.tag}>{t.developmentMode}</span>}
        <span className={css.links}>
          <a className={layout.lone} href={`${apiUrl}/docs`}>
            {t.apiDescription}
          </a>
          {SOURCE && (
            <a className={layout.lone} href={SOURCE}>
              {t.source}
            </a>
          )}
          <span>{t.version(VERSION)}</span>
        </span>
      </div>
    </footer>
  )
}

const { VERSION, SOURCE } = import.meta.env

/** Until it is read, and without it, what most have. */
function useConfig() {
  const [config, setConfig] = useState({ apiUrl: '/api', mode: 'production' })
  useEffect(() => {
    // Without the configuration every call to the API says what is wrong.
    readConfig().then(setConfig, () => undefined)
  }, [])
  return config
}
