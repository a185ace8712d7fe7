import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** What every line has says nothing of the error. */
const OMITTED = ['time', 'msg', 'err', 'level', 'pid', 'hostname']

/**
 * `npm run errors -- CODE [FILE…]`: finds in logs the lines of an error, or of a request, by the code or request id that
 * somebody was shown. Reads the files, or what is piped to it: `docker compose logs api | npm run errors -- CODE`.
 */
const [id = '', ...files] = process.argv.slice(2)
if (!/^[\w-]{8,64}$/.test(id)) {
  console.error('npm run errors -- CODE [FILE…]: a code of 16 characters, or a request id, and files of the log')
  process.exit(2)
}

let found = 0
for (const source of files.length > 0 ? files.map((file) => createReadStream(file)) : [process.stdin]) {
  for await (const text of createInterface({ input: source })) {
    const line = read(text)
    if (!line || (line.code !== id && line.requestId !== id)) continue
    found++
    console.log(shown(line))
  }
}
console.log(`${found} ${found === 1 ? 'line' : 'lines'} with ${id}`)
process.exitCode = found > 0 ? 0 : 1

type Line = { time?: number; msg?: string; code?: string; requestId?: string; err?: { stack?: string } }

/** The line from its brace on: what collects logs may have put something before it. */
function read(text: string): Line | undefined {
  if (!text.includes(id)) return undefined
  try {
    return JSON.parse(text.slice(text.indexOf('{')))
  } catch {
    return undefined
  }
}

function shown(line: Line): string {
  const fields = Object.entries(line).filter(([name]) => !OMITTED.includes(name))
  return [
    `${new Date(line.time ?? 0).toISOString()} ${line.msg}`,
    ...fields.map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
    ...(line.err?.stack ? [line.err.stack.replace(/^/gm, '  ')] : []),
    '',
  ].join('\n')
}
