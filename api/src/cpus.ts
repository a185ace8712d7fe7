import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

/**
 * How many CPUs this process may use: one at least, whole ones. Node counts affinity and the quota of cgroup v2; a
 * quota of cgroup v1, where it has the controller `cpu` alone, it does not see (libuv 1.52).
 *
 * @param root the file system to read quotas from, for tests
 */
export function cpusAvailable(root = '/'): number {
  const quotas = ['/', ownGroup(root)].flatMap((group) => quotaOf(join(root, 'sys/fs/cgroup/cpu', group)))
  return Math.max(1, Math.floor(Math.min(availableParallelism(), ...quotas)))
}

/** Within a container `/` is its group; outside of one this says which it is. */
function ownGroup(root: string): string {
  return /^\d+:(?:[^:\n]*,)?cpu(?:,[^:\n]*)?:(.*)$/m.exec(textOf(join(root, 'proc/self/cgroup')))?.[1] ?? '/'
}

/** CPUs, as a fraction; none where there is no limit. */
function quotaOf(folder: string): number[] {
  const [quota, period] = ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((file) => Number(textOf(join(folder, file))))
  return quota && period && quota > 0 ? [quota / period] : []
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // Elsewhere than on Linux, and under cgroup v2, there is none.
    return ''
  }
}
