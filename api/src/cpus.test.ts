import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { cpusAvailable } from './cpus.ts'

/** A file system with these files. */
async function rootWith(t: TestContext, files: Record<string, string>): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), 'jotc-cpus-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, dirname(path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

const quota = (group: string, microseconds: number) => ({
  [`sys/fs/cgroup/cpu/${group}cpu.cfs_quota_us`]: `${microseconds}\n`,
  [`sys/fs/cgroup/cpu/${group}cpu.cfs_period_us`]: '100000\n',
})

test('a quota of cgroup v1 counts, of the container or of the group that the process is in', async (t) => {
  assert.equal(cpusAvailable(await rootWith(t, quota('', 100_000))), 1)
  for (const controllers of ['cpu', 'cpu,cpuacct', 'cpuacct,cpu']) {
    const files = { 'proc/self/cgroup': `3:memory:/\n2:${controllers}:/jotc\n`, ...quota('jotc/', 150_000) }
    assert.equal(cpusAvailable(await rootWith(t, files)), 1)
  }
})

test('less than one CPU is one worker; without a quota all that there are', async (t) => {
  assert.equal(cpusAvailable(await rootWith(t, quota('', 50_000))), 1)
  assert.equal(cpusAvailable(await rootWith(t, quota('', -1))), availableParallelism())
  assert.equal(cpusAvailable(await rootWith(t, {})), availableParallelism())
})
