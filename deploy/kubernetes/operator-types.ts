import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap'
import type { IContainer } from 'kubernetes-models/v1/Container'
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec'
import type { IResourceRequirements } from 'kubernetes-models/v1/ResourceRequirements'
import type { ITopologySpreadConstraint } from 'kubernetes-models/v1/TopologySpreadConstraint'

/**
 * The types of the operators' objects in `overlays/ha`. No package has them, so they are written here from the references:
 * the fields that our objects have, which are required, and allowed values. Another field of a reference is rejected until
 * somebody adds it here.
 *
 * - `postgresql.cnpg.io/v1`: cloudnative-pg 1.30.1, docs/src/cloudnative-pg.v1.md at f844d3a, and the options of
 *   PgBouncer in docs/src/connection_pooling.md at fad445d.
 * - `barmancloud.cnpg.io/v1`: plugin-barman-cloud, config/crd/bases/barmancloud.cnpg.io_objectstores.yaml at 06b1dee.
 * - `monitoring.coreos.com/v1`: prometheus-operator, Documentation/api-reference/api.md.
 */
export type ICluster = ObjectOf<'postgresql.cnpg.io/v1', 'Cluster', ClusterSpec>
export type IPooler = ObjectOf<'postgresql.cnpg.io/v1', 'Pooler', PoolerSpec>
export type IScheduledBackup = ObjectOf<'postgresql.cnpg.io/v1', 'ScheduledBackup', ScheduledBackupSpec>
export type IObjectStore = ObjectOf<'barmancloud.cnpg.io/v1', 'ObjectStore', ObjectStoreSpec>
export type IPodMonitor = ObjectOf<'monitoring.coreos.com/v1', 'PodMonitor', PodMonitorSpec>

type ObjectOf<Version, Kind, Spec> = {
  apiVersion: Version
  kind: Kind
  metadata: NonNullable<IConfigMap['metadata']>
  spec: Spec
}
type Quantity = `${number}${'Ki' | 'Mi' | 'Gi' | 'Ti'}`
type Named = { name: string }
type KeyOf = { name: string; key: string }
type Texts = Record<string, string>

type ClusterSpec = {
  imageName?: string
  instances: number
  primaryUpdateMethod?: 'switchover' | 'restart'
  postgresql?: {
    parameters?: Texts
    synchronous?: {
      method: 'any' | 'first'
      number: number
      dataDurability?: 'required' | 'preferred'
      failoverQuorum?: boolean
    }
    pg_hba?: string[]
  }
  bootstrap?: { initdb?: InitDb; recovery?: Recovery }
  externalClusters?: { name: string; plugin?: Plugin }[]
  managed?: { roles?: { name: string; login?: boolean; passwordSecret?: Named }[] }
  plugins?: Plugin[]
  certificates?: { serverAltDNSNames?: string[] }
  storage?: Storage
  walStorage?: Storage
  resources?: IResourceRequirements
  affinity?: { podAntiAffinityType?: 'preferred' | 'required'; topologyKey?: string }
  topologySpreadConstraints?: ITopologySpreadConstraint[]
  probes?: { readiness?: { type?: 'pg_isready' | 'streaming' | 'query'; maximumLag?: Quantity } }
}

type InitDb = {
  database?: string
  owner?: string
  encoding?: string
  locale?: string
  localeProvider?: string
  builtinLocale?: string
}

type Recovery = { source?: string; recoveryTarget?: { targetTime?: string }; database?: string; owner?: string }

type Storage = { storageClass?: string; size?: Quantity }

type Plugin = { name: string; isWALArchiver?: boolean; parameters?: Texts }

type PoolerSpec = {
  cluster: Named
  type?: 'rw' | 'ro' | 'r'
  instances?: number
  // Containers are required, and merged by name with the operator's, which bring the image.
  template?: { spec?: Omit<IPodSpec, 'containers'> & { containers: (Named & Partial<IContainer>)[] } }
  pgbouncer: { poolMode?: 'session' | 'transaction'; parameters?: Partial<Record<PgBouncerParameter, string>> }
}

/** Of the options that the operator passes on. */
type PgBouncerParameter =
  | 'client_tls_sslmode'
  | 'default_pool_size'
  | 'max_client_conn'
  | 'query_wait_timeout'
  | 'server_login_retry'

type ScheduledBackupSpec = {
  immediate?: boolean
  /** Six fields: seconds first. */
  schedule: `${string} ${string} ${string} ${string} ${string} ${string}`
  cluster: Named
  backupOwnerReference?: 'none' | 'self' | 'cluster'
  target?: 'primary' | 'prefer-standby'
  method?: 'plugin' | 'volumeSnapshot'
  pluginConfiguration?: { name: string }
}

type ObjectStoreSpec = {
  retentionPolicy?: `${number}${'d' | 'w' | 'm'}`
  configuration: {
    destinationPath: string
    endpointURL?: string
    s3Credentials?: { accessKeyId?: KeyOf; secretAccessKey?: KeyOf }
    data?: { compression?: 'bzip2' | 'gzip' | 'snappy'; jobs?: number }
    wal?: { compression?: 'bzip2' | 'gzip' | 'lz4' | 'snappy' | 'xz' | 'zstd'; maxParallel?: number }
  }
  instanceSidecarConfiguration?: { resources?: IResourceRequirements }
}

type PodMonitorSpec = {
  selector: { matchLabels?: Texts }
  podMetricsEndpoints: { port?: string }[]
}
