import type { Message } from './mail.ts'

/**
 * Writes an email as text and as HTML. Nothing is escaped, so never pass it what a person typed.
 *
 * @param lead the first paragraph
 * @param lines the other paragraphs
 * @param code shown large, after the lead
 */
export function emailTemplate(
  to: string,
  subject: string,
  lead: string,
  lines: readonly string[],
  code?: string,
): Message {
  const shownCode =
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
${shownCode}${lines.map((line) => `<p>${line}</p>`).join('\n')}
</div>
</body>
</html>
`,
  }
}
