import type { Message } from '../email/mail.ts'

/**
 * The email that brings a code. It holds nothing that the visitor typed: a stranger may have typed it.
 *
 * @param code of 12 digits where many wrong ones were tried at the address
 */
export function codeMail(to: string, code: string, minutes: number): Message {
  const isLong = code.length > 6
  return message(
    to,
    'Your sign-in code for Jumping On The Clouds',
    'Your sign-in code:',
    code.replace(/\d{6}(?=\d)/, '$& '),
    [
      `It works once, for ${minutes} minutes. Do not share it with anyone.`,
      ...(isLong ? ['It is longer than usual, because someone has tried many wrong codes for your address.'] : []),
      'If you did not ask for this code, ignore this email. Nobody can sign in without it.',
    ],
  )
}

/** The email that tells an owner, once, of many wrong guesses. */
export function guessesMail(to: string, guesses: number): Message {
  const lead = `Someone has tried ${guesses} wrong codes to sign in with your address.`
  return message(to, 'Someone is trying to sign in with your address', lead, undefined, [
    'Nobody got in. From now on your codes have twelve digits, until you sign in again.',
    'If it was not you, you need not do anything. Never share a code with anyone.',
  ])
}

function message(to: string, subject: string, lead: string, code: string | undefined, lines: string[]): Message {
  const shown =
    code === undefined
      ? ''
      : `<p style="font:700 32px/1.2 ui-monospace,monospace;letter-spacing:6px;text-align:center">${code}</p>\n`
  return {
    to,
    subject,
    text: `${[lead, ...(code === undefined ? [] : [`    ${code}`]), ...lines].join('\n\n')}\n`,
    html: `<!doctype html>
<html lang="en">
<body style="margin:0;padding:24px;background:#eef4fb;color:#16283c;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:480px;margin:0 auto;padding:24px;background:#fff;border-radius:12px">
<p>${lead}</p>
${shown}${lines.map((line) => `<p>${line}</p>`).join('\n')}
</div>
</body>
</html>
`,
  }
}
