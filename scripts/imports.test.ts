import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { temporaryFolder } from '@jotc/testing/folder'

type Case = [importer: string, imported: string]

const forbidden: Case[] = [
  ['core/src/solver.ts', 'node:fs'],
  ['core/src/solver.ts', '@jotc/api'],
  ['api/src/submissions/routes.ts', '../sign-in/routes.ts'],
  ['api/src/submissions/routes.ts', '../app.ts'],
  ['api/src/submissions/routes.ts', '@jotc/db/migrate'],
  ['api/src/database/database.ts', '../submissions/repository.ts'],
  ['api/src/submissions/feed/feed.ts', '../../users/repository.ts'],
  ['api/src/http/server.ts', '../database/database.ts'],
  ['api/src/redis/rate-limit.ts', '../auth/tokens.ts'],
  ['app/src/board/BoardPage.tsx', '../submissions/SubmissionsPage.tsx'],
  ['app/src/board/BoardPage.tsx', '#frame/Shell.tsx'],
  ['app/src/board/BoardPage.tsx', '@jotc/api'],
  ['app/src/board/grid/BoardGrid.tsx', '../../submissions/filters.ts'],
  ['app/src/ui/Page.tsx', '../board/BoardPage.tsx'],
  ['app/src/ui/Page.tsx', '#frame/App.tsx'],
  ['app/src/ui/words/en.ts', '../../board/words/en.ts'],
  ['db/src/migrate.ts', '@jotc/testing/servers/database'],
  ['api/src/worker.ts', '../../testing/service/system.ts'],
  ['app/server/serve.ts', '@jotc/testing/ports'],
  ['scripts/start.ts', '../testing/ports.ts'],
  ['testing/servers/redis.ts', '@jotc/chaos'],
  ['testing/servers/redis.ts', '../../e2e/board/board.ts'],
]

const allowed: Case[] = [
  ['core/src/person/details.ts', './name.ts'],
  ['api/src/submissions/routes.ts', '../http/error-handler.ts'],
  ['api/src/http/server.ts', '../observe/log.ts'],
  ['api/src/submissions/feed/feed.ts', '../../database/database.ts'],
  ['api/src/submissions/routes.ts', '@jotc/core/board'],
  ['app/src/board/BoardPage.tsx', '#ui/page/Page.tsx'],
  ['app/src/board/BoardPage.tsx', '@jotc/core/solver'],
  ['app/src/board/grid/BoardGrid.tsx', '../state/useBoard.ts'],
  ['app/src/i18n/words/en.ts', '../languages.ts'],
  ['app/src/frame/App.tsx', '../board/BoardPage.tsx'],
  ['api/src/submissions/routes.test.ts', '@jotc/testing/service/system'],
  ['db/src/migrate.test.ts', '@jotc/testing/servers/database'],
  ['scripts/start.test.ts', '@jotc/testing/ports'],
  ['testing/service/system.ts', '@jotc/api/app'],
]

const refused = lint([...forbidden, ...allowed])

for (const pair of forbidden) test(`${pair[0]} must not import ${pair[1]}`, () => assert(refused.has(String(pair))))

for (const pair of allowed) test(`${pair[0]} may import ${pair[1]}`, () => assert(!refused.has(String(pair))))

/** The pairs that Biome refuses, each tried as a file of its own beside the importer in a copy of the tree. */
function lint(cases: Case[]): Set<string> {
  using folder = temporaryFolder('imports')
  const tree = folder.path
  copyFileSync('biome.json', join(tree, 'biome.json'))
  const pairOf = new Map<string, string>()
  for (const [number, [importer, imported]] of cases.entries()) {
    const file = `${dirname(importer)}/${number}-${basename(importer)}`
    mkdirSync(join(tree, dirname(file)), { recursive: true })
    writeFileSync(join(tree, file), `import thing from '${imported}'\n\nexport default thing\n`)
    pairOf.set(file, String([importer, imported]))
  }
  const rule = ['lint', '--vcs-enabled=false', '--only=style/noRestrictedImports']
  const shown = ['--max-diagnostics=none', '--reporter=json']
  const program = `${process.cwd()}/node_modules/.bin/biome`
  const biome = spawnSync(program, [...rule, ...shown], { cwd: tree, encoding: 'utf8' })
  return new Set([...pairOf].filter(([file]) => biome.stdout.includes(`${file}"`)).map(([, pair]) => pair))
}
