import { useEffect, useState } from 'react'
import { t } from '#words/sign-in'
import { Button } from '../../kit/Button.tsx'
import layout from '../../kit/layout.module.css'

type ResendButtonProps = {
  /** Counts down to this moment, in milliseconds since 1970. */
  from: number
  isBusy: boolean
  onPress: () => void
}

/** Another code, once the last one had its time to arrive. */
export function ResendButton({ from, isBusy, onPress }: ResendButtonProps) {
  const seconds = useSecondsUntil(from)
  if (seconds > 0) {
    return (
      <Button isDisabled>
        {t.resendIn} <span className={layout.num}>{clock(seconds)}</span>
      </Button>
    )
  }
  return (
    <Button isDisabled={isBusy} onPress={onPress}>
      {isBusy ? t.resending : t.resend}
    </Button>
  )
}

function useSecondsUntil(moment: number): number {
  const [now, setNow] = useState(Date.now)
  const isOver = now >= moment
  useEffect(() => {
    setNow(Date.now())
    if (isOver) return
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isOver])
  return Math.max(0, Math.ceil((moment - now) / 1000))
}

/** 42 is 0:42. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
