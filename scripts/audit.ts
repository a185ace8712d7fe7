/**
 * `npm run audit`: known vulnerabilities in the packages that run in production. Fails on a high or critical one; says
 * so if the registry has no audit service.
 */

import { spawnSync } from 'node:child_process'

type Found = { metadata?: { vulnerabilities: Record<string, number> }; statusCode?: number; message?: string }

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' })
const { metadata, statusCode, message } = read(stdout)
if (metadata === undefined) {
  const why = statusCode === undefined ? (message ?? 'npm said nothing') : `it answered ${statusCode}`
  console.log(`Not audited: this registry has no audit service (${why}).`)
} else {
  const { high = 0, critical = 0, total = 0 } = metadata.vulnerabilities
  console.log(`${total} known vulnerabilities in production packages, ${high + critical} of them high or critical.`)
  if (total > 0) console.log('`npm audit --omit=dev` names them.')
  process.exitCode = high + critical === 0 ? 0 : 1
}

function read(text: string): Found {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
