import type { Message } from '../email/mail.ts'

/** The email that brings a code. It holds nothing that the visitor typed: a stranger may have typed it. */
export function codeMail(to: string, code: string, minutes: number): Message {
  const lead = 'Your sign-in code:'
  const rules = `It works once, for ${minutes} minutes. Do not share it with anyone.`
  const stranger = 'If you did not ask for this code, ignore this email. Nobody can sign in without it.'
  return {
    to,
    subject: 'Your sign-in code for Jumping On The Clouds',
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
