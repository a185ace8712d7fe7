import clsx from 'clsx'
import { useRef, useState } from 'react'
import { t } from '#i18n/words/en.ts'
import { Button } from '#ui/Button.tsx'
import { copyText } from '#ui/browser/clipboard.ts'
import css from './ErrorCode.module.css'

/** The code of an unexpected error: shown in groups of four, copied plain. */
export function ErrorCode({ code, className }: { code: string; className?: string | undefined }) {
  const shown = useRef<HTMLElement>(null)
  const [isCopied, setCopied] = useState<boolean>()
  const groups = code.match(/.{1,4}/g) ?? []
  async function copy() {
    const isDone = await copyText(code)
    setCopied(isDone)
    if (!isDone && shown.current) getSelection()?.selectAllChildren(shown.current)
  }
  return (
    <span className={clsx(css.line, className)}>
      <span>{t.errorCode}</span>
      <code className={css.code} ref={shown}>
        {groups.map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups of a code never move
          <span key={place}>{group}</span>
        ))}
      </code>
      <Button small icon={isCopied ? 'check' : 'copy'} onPress={() => void copy()}>
        {isCopied ? t.codeCopied : t.copyCode}
      </Button>
      {isCopied === false && <span role="status">{t.codeNotCopied}</span>}
    </span>
  )
}
