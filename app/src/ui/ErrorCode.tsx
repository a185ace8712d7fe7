import clsx from 'clsx'
import { useState } from 'react'
import { t } from '#i18n/words/en.ts'
import { Button } from './Button.tsx'
import css from './ErrorCode.module.css'

/** The code of an unexpected error: shown in groups of four, copied plain. */
export function ErrorCode({ code, className }: { code: string; className?: string | undefined }) {
  const [isCopied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard?.writeText(code).then(() => setCopied(true))
  const groups = code.match(/.{1,4}/g) ?? []
  return (
    <span className={clsx(css.line, className)}>
      <span>{t.errorCode}</span>
      <code className={css.code}>
        {groups.map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups of a code never move
          <span key={place}>{group}</span>
        ))}
      </code>
      <Button small icon={isCopied ? 'check' : 'copy'} onPress={copy}>
        {isCopied ? t.codeCopied : t.copyCode}
      </Button>
    </span>
  )
}
