import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { test } from 'node:test'

const ROOT = join(import.meta.dirname, '..')
const exclude = ['**/node_modules', '**/dist']
const documents = globSync(['*.md', '*/*.md', 'docs/**/*.md', 'e2e/**/*.md'], {
  cwd: ROOT,
  exclude: ['**/node_modules'],
})
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8')

test('every link and picture of the documents leads to a file, and to a heading of it', () => {
  const dead = documents.flatMap((name) =>
    linksOf(read(name))
      .filter((link) => !leadsSomewhere(name, link))
      .map((link) => `${name}: ${link}`),
  )
  assert.ok(documents.length > 40)
  assert.deepEqual(dead, [])
})

test('the pictures are 600 kB in all at most', () => {
  const bytes = globSync('docs/pictures/*', { cwd: ROOT }).map((name) => statSync(join(ROOT, name)).size)
  assert.ok(bytes.length > 5)
  assert.ok(bytes.reduce((sum, size) => sum + size) <= 600_000)
})

test('a decision that no longer holds names the one that took its place, which names it too', () => {
  const decisions = documents.filter((name) => name.startsWith('docs/decisions/'))
  for (const name of decisions) {
    const status = /^Status: (.+)$/m.exec(read(name))?.[1] ?? ''
    assert.match(status, /^(?:accepted|superseded by \[\d{3}\])/, name)
    const [, later] = /^superseded by \[\d{3}\]\(([^)]+)\)/.exec(status) ?? []
    const number = /\d{3}/.exec(name)?.[0]
    if (later) assert.match(read(`docs/decisions/${later}`), new RegExp(`^Status: .*supersedes \\[${number}\\]`, 'm'))
  }
})

test('each promise names a test that there is, by its file and the first words of its title', () => {
  const sources = globSync('{api,app,bench,chaos,core,db,deploy,e2e,scripts}/**/*.ts', { cwd: ROOT, exclude })
  const missing: string[] = []
  let named = 0
  for (const table of read('docs/promises.md').matchAll(/^\| promise +\| test \(`(.+)`\) +\|\n.*\n((?:\|.*\n)+)/gm)) {
    const [, usual = '', rows = ''] = table
    for (const [, cell = ''] of rows.matchAll(/\| ([^|]+?) +\|$/gm)) {
      let file = usual
      for (const part of cell.split('; ')) {
        const [, other, title = ''] = /^(?:`([\w./-]+)`(?:: )?)?(.*)$/.exec(part) ?? []
        file = other ?? file
        named++
        if (!isTest(sources, file, title)) missing.push(`${file}: ${title}`)
      }
    }
  }
  assert.ok(named > 100, String(named))
  assert.deepEqual(missing, [])
})

/** Whether a file whose path ends so has a text that begins with the title; a file alone needs only to be there. */
function isTest(sources: readonly string[], file: string, title: string): boolean {
  if (title === '') return existsSync(join(ROOT, file))
  const candidates = sources.filter((name) => `/${name}`.endsWith(`/${file}`))
  return candidates.some((name) => ["'", '"', '`'].some((quote) => read(name).includes(quote + title)))
}

/** Where the links of a document lead, without those to other sites. */
function linksOf(text: string): string[] {
  const prose = text.replace(/^```.*?^```/gms, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^\w+:/.test(link))
}

function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', heading] = link.split('#')
  const target = path === '' ? from : normalize(join(from, '..', path))
  if (!existsSync(join(ROOT, target))) return false
  return heading === undefined || !target.endsWith('.md') || headingsOf(read(target)).includes(heading)
}

/** The headings of a document, as GitHub writes them in links. */
function headingsOf(text: string): string[] {
  const headings = text.replace(/^```.*?^```/gms, '').matchAll(/^#+ (.+)$/gm)
  return Array.from(headings, ([, heading = '']) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  )
}
