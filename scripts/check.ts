/**
 * `npm run check`: all static checks. Ends with how many passed. With `--staged` only for a commit: its files, and the
 * types of their workspaces.
 */

import { spawnSync } from 'node:child_process'

type Check = [name: string, command: string, ...args: string[]]

const WORKSPACES = ['.', 'core', 'db', 'api', 'app', 'testing', 'e2e', 'bench', 'chaos', 'deploy']
const BIOME: Check = ['format, lint, import direction', 'biome', 'check', '--error-on-warnings']
const OPENAPI: Check = ['OpenAPI document', 'node', 'scripts/lint-openapi.ts']
const KNIP: Check = ['unused files, exports, dependencies', 'knip']
const checks: Check[] = process.argv.includes('--staged')
  ? [[...BIOME, '--staged', '--no-errors-on-unmatched'], ...stagedWorkspaces().map(types)]
  : [BIOME, ...WORKSPACES.map(types), OPENAPI, KNIP]

let failed = 0
for (const [name, command, ...args] of checks) {
  const run = spawnSync(`node_modules/.bin/${command}`, args, { encoding: 'utf8' })
  console.log(`${run.status === 0 ? '✔' : '✖'} ${name}`)
  if (run.status === 0) continue
  failed++
  console.log(run.stdout + run.stderr)
}
console.log(`Checks: ${checks.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function types(workspace: string): Check {
  return [`types of ${workspace}`, 'tsc', '-p', workspace]
}

function stagedWorkspaces(): string[] {
  const { stdout } = spawnSync('git', ['diff', '--cached', '--name-only'], { encoding: 'utf8' })
  const folders = stdout.split('\n').map((path) => path.split('/')[0] as string)
  return WORKSPACES.filter((workspace) => folders.includes(workspace === '.' ? 'scripts' : workspace))
}
