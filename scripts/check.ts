import { spawnSync } from 'node:child_process'

/** `npm run check`: everything that can be said of the code without running it. Ends with how many checks passed. */
const checks: [name: string, command: string, ...args: string[]][] = [
  ['format, lint, import direction', 'biome', 'check', '--error-on-warnings'],
  ...['.', 'core', 'db', 'api', 'app', 'e2e', 'bench'].map((workspace): [string, string, ...string[]] => [
    `types of ${workspace}`,
    'tsc',
    '-p',
    workspace,
  ]),
  ['unused files, exports, dependencies', 'knip'],
]

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
