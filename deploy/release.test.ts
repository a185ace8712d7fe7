import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'

const ROOT = join(import.meta.dirname, '..')
const file = (name: string) => readFileSync(join(ROOT, name), 'utf8')
const IMAGES = ['app', 'api', 'db', 'load']

test('workflows name each action by its commit, and the release builds each image', () => {
  const workflows = readdirSync(join(ROOT, '.github/workflows'))
  for (const name of workflows) {
    for (const [line] of file(`.github/workflows/${name}`).matchAll(/uses: .*/g))
      assert.match(line, /^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/, name)
  }
  assert.deepEqual(parse(file('.github/workflows/release.yaml')).jobs.image.strategy.matrix.image, IMAGES)
})

test('no image is whatever is newest', () => {
  const named = [
    ...IMAGES.map((image) => file(`${image}/Dockerfile`)),
    ...['compose.yaml', 'deploy/compose.production.yaml', 'deploy/kubernetes/overlays/development/stores.yaml'].map(
      file,
    ),
  ].flatMap((text) => [...text.matchAll(/^(?:FROM|ARG LOCUST=| +image:) *(\S+)/gm)].map(([, name = '']) => name))
  assert.ok(named.length > 15)
  for (const name of named) assert.match(name, /^(?:[^:]+:)?(?!latest)[\w${.]/, name)
  assert.doesNotMatch(named.join(' '), /latest/)
})

test('the notes of the next release say what the operator must do', () => {
  assert.match(file('CHANGELOG.md'), /^### What the operator must do$/m)
})

test('the commands are plain shell, in which shellcheck finds nothing', (t) => {
  const commands = ['update', 'backup', 'restore', 'rotate', 'check', 'observe/alertmanager.sh']
  for (const command of commands) assert.match(file(`deploy/${command}`), /^#!\/bin\/sh\n/, command)
  const checked = spawnSync('shellcheck', commands, { cwd: import.meta.dirname, encoding: 'utf8' })
  if (checked.error) return t.skip('There is no shellcheck on this machine.')
  assert.equal(checked.status, 0, checked.stdout)
})
