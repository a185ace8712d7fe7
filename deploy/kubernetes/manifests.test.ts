import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createDatabase, withClient } from '@jotc/testing/servers/database'
import { parseAllDocuments } from 'yaml'
import { defaultsOf, Settings } from '../../api/src/settings.ts'

type Manifest = { apiVersion: string; kind: string; metadata: { name: string; labels?: Record<string, string> } }
// biome-ignore lint/suspicious/noExplicitAny: what it is like inside is what is tested
type Loose = any

const ROOT = join(import.meta.dirname, '../..')
const OVERLAYS_FOLDER = join(import.meta.dirname, 'overlays')
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0
const OVERLAYS = ['development', 'production', 'ha', 'restore']
/** The Ingress can take the place of the Gateway. */
const INGRESS = 'ingress'
const built = new Map([[INGRESS, documentsOf(readFileSync(join(OVERLAYS_FOLDER, 'production/ingress.yaml'), 'utf8'))]])
const skip = hasKubectl ? false : 'There is no kubectl on this machine.'

for (const name of [...OVERLAYS, INGRESS])
  test(`${name}: every object is one that a cluster knows, without a field too many or too few`, { skip }, async () => {
    const objects = build(name)
    assert.ok(objects.length > 10 || name === INGRESS)
    assert.equal(typeFaults(name), '')
    for (const object of objects) {
      if (isOfOperator(object)) continue
      const models = await import(modelsOf(object))
      new models[object.kind](object).validate()
    }
  })

for (const overlay of OVERLAYS)
  test(`${overlay}: no container may do more than it needs, or take more memory than it is given`, { skip }, () => {
    for (const { metadata, template } of workloads(overlay)) {
      const { automountServiceAccountToken, securityContext, enableServiceLinks, containers } = template.spec
      assert.equal(automountServiceAccountToken, false, metadata.name)
      assert.equal(securityContext.runAsNonRoot, true, metadata.name)
      assert.equal(securityContext.seccompProfile.type, 'RuntimeDefault', metadata.name)
      // Port numbers that the cluster would put into the environment are settings of ours.
      if (metadata.name === 'api' || metadata.name === 'app') assert.equal(enableServiceLinks, false)
      for (const { name, securityContext, resources } of containers) {
        const { capabilities, readOnlyRootFilesystem, allowPrivilegeEscalation } = securityContext
        const allowed = [capabilities.drop, readOnlyRootFilesystem, allowPrivilegeEscalation]
        assert.deepEqual(allowed, [['ALL'], true, false], name)
        assert.ok(resources.requests.cpu && resources.limits.memory, name)
      }
    }
  })

test('a pod goes only when another serves, and takes requests until everybody knows', { skip }, () => {
  for (const { metadata, spec, template } of workloads('production').filter(({ kind }) => kind === 'Deployment')) {
    const [container] = template.spec.containers
    assert.deepEqual(spec.strategy.rollingUpdate, { maxSurge: 1, maxUnavailable: 0 }, metadata.name)
    assert.ok(container.startupProbe && container.readinessProbe, metadata.name)
    const pause = container.lifecycle.preStop.sleep.seconds
    assert.ok(pause >= 5 && pause + 12 < template.spec.terminationGracePeriodSeconds, metadata.name)
  }
})

test('no probe that restarts a pod asks the database', { skip }, () => {
  const { template } = specOf('production', 'Deployment', 'api')
  const [{ startupProbe, livenessProbe, readinessProbe }] = template.spec.containers
  const paths = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path)
  assert.deepEqual(paths, ['/health/live', '/health/live', '/health/ready'])
})

test('the labels by which the operations guide applies some objects first pick those alone', { skip }, () => {
  const guide = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8')
  const labels = [...guide.matchAll(/^kubectl apply -f \S+\.yaml -l (\S+)=(\S+)$/gm)].map(([, label = '', value]) => {
    const picked = build('ha').filter(({ metadata }) => metadata.labels?.[label] === value)
    return picked.map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort()
  })
  const database = ['Cluster db', 'ObjectStore backups', 'Pooler db-pooler', 'ScheduledBackup nightly']
  assert.deepEqual(labels, [['Job migrate'], database, database])
})

test('the service knows every setting that it is given', { skip }, () => {
  for (const overlay of OVERLAYS) {
    const [{ env }] = specOf(overlay, 'Deployment', 'api').template.spec.containers
    const given = [...env.map(({ name }: Loose) => name), ...Object.keys(find(overlay, 'ConfigMap').data)]
    const unknown = given.filter((name) => !(name.replace(/_FILE$/, '') in Settings.properties))
    assert.deepEqual(unknown, [], overlay)
  }
})

test('production has no secret in it, and each setting of a secret names a key of the one made beforehand', {
  skip,
}, () => {
  assert.ok(build('production').every(({ kind }) => kind !== 'Secret'))
  const mounted = workloads('production').flatMap(({ template }) => template.spec.volumes)
  const names = mounted.filter((volume: Loose) => volume.secret).map((volume: Loose) => volume.secret.secretName)
  assert.deepEqual([...new Set(names)], ['jotc'])
})

test('all replicas together leave the database connections to spare', { skip }, () => {
  const { DATABASE_POOL_SIZE, DATABASE_READ_POOL_SIZE } = defaultsOf('production')
  // One more while pods are replaced; PostgreSQL's default is 100, of which three are for its owner.
  const { maxReplicas } = specOf('production', 'HorizontalPodAutoscaler', 'api')
  const most = (maxReplicas + 1) * (Number(DATABASE_POOL_SIZE) + Number(DATABASE_READ_POOL_SIZE))
  assert.ok(most < 97 - 5, String(most))
})

test('Caddy sees each replica, and only the migrations see the address of the owner', { skip }, () => {
  assert.equal(specOf('production', 'Service', 'api').clusterIP, 'None')
  const seeing = workloads('production').filter((workload) => JSON.stringify(workload).includes('database-owner-url'))
  const names = seeing.map(({ metadata }) => metadata.name)
  assert.deepEqual(names, ['migrate'])
})

test('who may name another client is who runs the gateway', { skip }, () => {
  for (const { from } of specOf('production', 'NetworkPolicy', 'app').ingress) assert.ok(from?.length > 0)
})

/** What somebody might write into `ha` who takes one name or value for another. */
const MISTAKES: [kind: string, make: (spec: Loose) => void][] = [
  ['Cluster', (spec) => (spec.instance = 3)],
  ['Cluster', (spec) => (spec.postgresql.synchronous.method = 'all')],
  ['Cluster', (spec) => (spec.managed.roles[0].canLogin = true)],
  ['Cluster', (spec) => (spec.topologySpreadConstraints[0].skew = 1)],
  ['Cluster', (spec) => delete spec.instances],
  ['Pooler', (spec) => (spec.pgbouncer.poolMode = 'statement')],
  ['Pooler', (spec) => (spec.pgbouncer.parameters.pool_mode = 'transaction')],
  ['ScheduledBackup', (spec) => (spec.schedule = '0 3 * * *')],
  ['ScheduledBackup', (spec) => (spec.method = 'barmanObjectStore')],
  ['ObjectStore', (spec) => (spec.retentionPolicy = '30 days')],
  ['ObjectStore', (spec) => (spec.configuration.serverName = 'db')],
  ['PodMonitor', (spec) => (spec.endpoints = spec.podMetricsEndpoints)],
]

test('ha: a field or a value that an operator does not know is refused, wherever it stands', { skip }, () => {
  MISTAKES.forEach((mistake, index) => {
    assert.notEqual(typeFaults(`mistake-${index}`), '', String(mistake))
  })
})

test('ha: PostgreSQL knows every parameter that it is given', { skip }, async (t) => {
  const { url, drop } = await createDatabase()
  t.after(drop)
  const given = Object.keys(specOf('ha', 'Cluster').postgresql.parameters)
  const known = 'select name from pg_settings where name = any($1)'
  const { rows } = await withClient(url, (client) => client.query(known, [given]))
  assert.deepEqual(rows.map(({ name }) => name).sort(), given.sort())
})

test('ha: what was answered is on two machines, and on a third the database goes on', { skip }, () => {
  const synchronous = { method: 'any', number: 1, dataDurability: 'required', failoverQuorum: true }
  const { instances, postgresql, affinity } = specOf('ha', 'Cluster')
  assert.deepEqual([instances, postgresql.synchronous, affinity.podAntiAffinityType], [3, synchronous, 'required'])
})

test('ha: all replicas together leave the primary, each standby and PgBouncer connections to spare', { skip }, () => {
  const pooler = specOf('ha', 'Pooler')
  const { default_pool_size, max_client_conn } = pooler.pgbouncer.parameters
  const { DATABASE_POOL_SIZE, DATABASE_READ_POOL_SIZE } = defaultsOf('production')
  const pods = specOf('ha', 'HorizontalPodAutoscaler', 'api').maxReplicas + 1
  const most = Number(specOf('ha', 'Cluster').postgresql.parameters.max_connections) - 10
  // One pooler more while they are replaced; one standby alone, where the other is away.
  assert.ok((pooler.instances + 1) * Number(default_pool_size) < most)
  // Reports and their lag; reports come to PgBouncer, too, where the standbys cannot give them.
  assert.ok(pods * (Number(DATABASE_READ_POOL_SIZE) + 1) < most)
  assert.ok(pods * (Number(DATABASE_POOL_SIZE) + Number(DATABASE_READ_POOL_SIZE)) < Number(max_client_conn))
})

test('ha: the names by which the database is reached are in its certificate', { skip }, () => {
  const guide = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8')
  const hosts = [...guide.matchAll(/jotc_service:%s@([\w-]+):5432\/jotc\?sslmode=verify-full/g)].map(([, host]) => host)
  assert.deepEqual(hosts, ['db-pooler', 'db-ro', 'db-rw'])
  assert.deepEqual(specOf('ha', 'Cluster').certificates.serverAltDNSNames, [find('ha', 'Pooler').metadata.name])
})

test('ha: only pods that have business with the database reach it, and the API its primary through PgBouncer', {
  skip,
}, () => {
  const peersOf = (name: string) =>
    specOf('ha', 'NetworkPolicy', name)
      .ingress.filter(({ ports }: Loose) => ports.some(({ port }: Loose) => port === 5432))
      .flatMap(({ from }: Loose) => from)
      .map(({ podSelector }: Loose) => Object.values(podSelector.matchLabels).join())
  assert.deepEqual(peersOf('database'), ['cloudnative-pg', 'db', 'db-pooler', 'migrate'])
  assert.deepEqual(peersOf('database-standbys'), ['api'])
  assert.deepEqual(peersOf('pooler'), ['api'])
})

test('ha: what is restored archives to a folder of its own, from the one that was lost', { skip }, () => {
  const [before, after] = [specOf('ha', 'Cluster'), specOf('restore', 'Cluster')]
  const { serverName } = before.plugins[0].parameters
  assert.equal(after.externalClusters[0].name, after.bootstrap.recovery.source)
  assert.equal(after.externalClusters[0].plugin.parameters.serverName, serverName)
  assert.notEqual(after.plugins[0].parameters.serverName, serverName)
  assert.ok(build('restore').every(({ metadata }) => (metadata as Loose).namespace !== 'jotc'))
})

/** The object of this kind, and of this name where there are several. */
const find = (overlay: string, kind: string, name?: string): Loose =>
  build(overlay).find((object) => object.kind === kind && (name ?? object.metadata.name) === object.metadata.name)

const specOf = (overlay: string, kind: string, name?: string) => find(overlay, kind, name).spec

/** Whether an object is an operator's: of its types there are no models, only those that are written down here. */
const isOfOperator = ({ apiVersion }: Manifest) =>
  /^(?:postgresql|barmancloud)\.cnpg\.io|^monitoring\./.test(apiVersion)

/** Where the models of an object are. */
function modelsOf(object: Manifest): string {
  const { apiVersion } = object
  if (isOfOperator(object)) return join(import.meta.dirname, 'operator-types.ts')
  return `${apiVersion.startsWith('gateway.') ? '@kubernetes-models/gateway-api' : 'kubernetes-models'}/${apiVersion}`
}

/** The objects of an overlay, built once. */
function build(overlay: string): Manifest[] {
  return built.getOrInsertComputed(overlay, () => {
    const folder = join(OVERLAYS_FOLDER, overlay)
    const { stdout, stderr, status } = spawnSync('kubectl', ['kustomize', folder], { encoding: 'utf8' })
    assert.equal(status, 0, stderr)
    return documentsOf(stdout)
  })
}

function documentsOf(yaml: string): Manifest[] {
  return parseAllDocuments(yaml).map((document) => document.toJS())
}

/** All that runs containers. */
function workloads(overlay: string): Loose[] {
  const objects = build(overlay).filter(({ kind }) => ['Deployment', 'StatefulSet', 'Job'].includes(kind)) as Loose[]
  return objects.map((object) => ({ ...object, template: object.spec.template }))
}

let compiled: string[] | undefined

/** What the compiler has to say of the objects of a name, written down as literals of Kubernetes' own types. */
function typeFaults(name: string): string {
  compiled ??= compile({
    ...Object.fromEntries([...OVERLAYS, INGRESS].map((name) => [name, build(name)])),
    ...Object.fromEntries(MISTAKES.map((mistake, index) => [`mistake-${index}`, [withMistake(...mistake)]])),
  })
  return compiled.filter((fault) => fault.startsWith(`kubernetes-${name}.ts(`)).join('')
}

/** All at once: reading the types takes longer than all that is asked of them. */
function compile(groups: Record<string, Manifest[]>): string[] {
  const folder = join(ROOT, 'node_modules/.cache/jotc')
  mkdirSync(folder, { recursive: true })
  const literal = (object: Manifest, index: number) =>
    `import type { I${object.kind} as T${index} } from '${modelsOf(object)}'
    export const object${index}: T${index} = ${JSON.stringify(object)}`
  const files = Object.entries(groups).map(([name, objects]) => {
    const file = join(folder, `kubernetes-${name}.ts`)
    writeFileSync(file, objects.map(literal).join('\n'))
    return file
  })
  const options = ['--noEmit', '--allowImportingTsExtensions', '--strict', '--skipLibCheck']
  const target = ['--target', 'esnext', '--module', 'nodenext', '--ignoreConfig']
  const tsc = join(ROOT, 'node_modules/.bin/tsc')
  const { stdout } = spawnSync(tsc, [...options, ...target, ...files], { cwd: folder, encoding: 'utf8' })
  return stdout.split(/^(?=\S)/m)
}

function withMistake(kind: string, make: (spec: Loose) => void): Manifest {
  const object = structuredClone(find('ha', kind))
  make(object.spec)
  return object
}
