import type { Message } from '../email/mail.ts'
import { CODE_MINUTES } from './codes.ts'

/** The mail that brings a code. It holds nothing that the visitor typed: a stranger may have typed it. */
export function codeMail(to: string, code: string): Message {
  const lead = 'Your code to sign in to Jumping On The Clouds:'
  const rules = `It can be used once, within ${CODE_MINUTES} minutes. Tell it to nobody.`
  const stranger = 'You did not ask for it? Then leave this mail alone: nobody can sign in without the code.'
  return {
    to,
    subject: 'Your code for Jumping On The Clouds',
    text: `${lead}\n\n    ${code}\n\n${rules}\n\n${stranger}\n`,
    html: `<!doctype html>
<html lang="en">
<body style="margin:0;padding:24px;background:#eef4fb;color:#16283c;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:480px;margin:0 auto;padding:24px;background:#fff;border-radius:12px">
<p>${lead}</p>
<p style="font:700 32px/1.2 ui-monospace,monospace;letter-spacing:6px;text-align:center">${code}</p>
<p>${rules}</p>
<p style="color:#51667d">${stranger}</p>
</div>
</body>
</html>
`,
  }
}
