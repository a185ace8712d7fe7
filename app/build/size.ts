/**
 * What a visit costs over the wire in each language, in bytes of brotli: the board with all that its page asks for at
 * once, and what each further page adds. Ends with 1 above a limit: 36 kB, 30 kB.
 */
import { readFile } from 'node:fs/promises'
import { pageOf } from '../server/language.ts'
import { LANGUAGES, type Language } from '../src/i18n/languages.ts'

const MOST_FIRST = 36_000
const MOST_FURTHER = 30_000
const dist = new URL('../dist/', import.meta.url)

for (const language of Object.keys(LANGUAGES) as Language[]) {
  const page = await text(pageOf(language))
  // Pictures are for who puts the app on their home screen.
  const first = [pageOf(language), ...matches(page, /(?:src|href)="\/([^"]+(?<!\.png))"/g)]
  await print(`the board, ${language}`, first, MOST_FIRST)

  const [script = ''] = first.filter((file) => file.endsWith('.js') && file.startsWith('assets/'))
  const code = await text(script)
  // What Vite fetches for each `import()`, as places in one list of files.
  const [list = ''] = matches(code, /m\.f=(\[[^\]]*\])/g)
  const files = JSON.parse(list) as string[]
  for (const [, name, places] of code.matchAll(/import\(`\.\/(\w+Page)-[^`]+`\),__vite__mapDeps\((\[[\d,]*\])/g)) {
    // What the board itself fetches once it is idle is there by then.
    const further = (JSON.parse(places as string) as number[])
      .map((place) => files[place] as string)
      .filter((file) => !file.startsWith('assets/later-'))
    await print(`${name}, ${language}`, further, MOST_FURTHER)
  }
}

async function print(what: string, files: readonly string[], limit: number): Promise<void> {
  const sizes = await Promise.all(files.map(async (file) => (await readFile(new URL(`${file}.br`, dist))).length))
  const total = sizes.reduce((sum, size) => sum + size)
  console.log(`${total.toLocaleString('en').padStart(7)} of ${limit.toLocaleString('en')}  ${what}`)
  if (total > limit) process.exitCode = 1
}

function text(file: string): Promise<string> {
  return readFile(new URL(file, dist), 'utf8')
}

function matches(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].map(([, found]) => found as string)
}
