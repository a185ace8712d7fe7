import type { IDeploymentStrategy } from 'kubernetes-models/apps/v1/DeploymentStrategy'
import type { IAffinity } from 'kubernetes-models/v1/Affinity'
import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap'
import type { IContainer } from 'kubernetes-models/v1/Container'
import type { IEnvVar } from 'kubernetes-models/v1/EnvVar'
import type { IPersistentVolumeClaimSpec } from 'kubernetes-models/v1/PersistentVolumeClaimSpec'
import type { IPodSpec } from 'kubernetes-models/v1/PodSpec'
import type { IResourceRequirements } from 'kubernetes-models/v1/ResourceRequirements'
import type { IServiceSpec } from 'kubernetes-models/v1/ServiceSpec'
import type { IToleration } from 'kubernetes-models/v1/Toleration'
import type { ITopologySpreadConstraint } from 'kubernetes-models/v1/TopologySpreadConstraint'

/**
 * What operators read of the objects in `overlays/ha`. No package has these types, so they stand here, written from the
 * references: field names, which of them are required, and the values that are allowed. A field that is in the
 * reference and not here is refused until somebody adds it.
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
  description?: string
  imageName?: string
  imagePullSecrets?: Named[]
  instances: number
  postgresql?: {
    parameters?: Texts
    synchronous?: {
      method: 'any' | 'first'
      number: number
      maxStandbyNamesFromCluster?: number
      standbyNamesPre?: string[]
      standbyNamesPost?: string[]
      dataDurability?: 'required' | 'preferred'
      failoverQuorum?: boolean
    }
    pg_hba?: string[]
    pg_ident?: string[]
    shared_preload_libraries?: string[]
    promotionTimeout?: number
    enableAlterSystem?: boolean
  }
  replicationSlots?: {
    highAvailability?: { enabled?: boolean; slotPrefix?: string; synchronizeLogicalDecoding?: boolean }
    updateInterval?: number
  }
  bootstrap?: { initdb?: InitDb; recovery?: Recovery }
  enableSuperuserAccess?: boolean
  superuserSecret?: Named
  certificates?: {
    serverCASecret?: string
    serverTLSSecret?: string
    replicationTLSSecret?: string
    clientCASecret?: string
    serverAltDNSNames?: string[]
  }
  storage?: Storage
  walStorage?: Storage
  startDelay?: number
  stopDelay?: number
  smartShutdownTimeout?: number
  switchoverDelay?: number
  failoverDelay?: number
  affinity?: {
    enablePodAntiAffinity?: boolean
    topologyKey?: string
    nodeSelector?: Texts
    nodeAffinity?: IAffinity['nodeAffinity']
    tolerations?: IToleration[]
    podAntiAffinityType?: 'preferred' | 'required'
    additionalPodAntiAffinity?: IAffinity['podAntiAffinity']
    additionalPodAffinity?: IAffinity['podAffinity']
  }
  topologySpreadConstraints?: ITopologySpreadConstraint[]
  resources?: IResourceRequirements
  priorityClassName?: string
  primaryUpdateStrategy?: 'unsupervised' | 'supervised'
  primaryUpdateMethod?: 'switchover' | 'restart'
  monitoring?: {
    disableDefaultQueries?: boolean
    customQueriesConfigMap?: KeyOf[]
    customQueriesSecret?: KeyOf[]
    tls?: { enabled?: boolean }
    metricsQueriesTTL?: string
  }
  externalClusters?: { name: string; connectionParameters?: Texts; password?: KeyOf; plugin?: Plugin }[]
  logLevel?: 'error' | 'warning' | 'info' | 'debug' | 'trace'
  managed?: {
    roles?: {
      name: string
      comment?: string
      ensure?: 'present' | 'absent'
      passwordSecret?: Named
      connectionLimit?: number
      validUntil?: string
      inRoles?: string[]
      inherit?: boolean
      disablePassword?: boolean
      superuser?: boolean
      createdb?: boolean
      createrole?: boolean
      login?: boolean
      replication?: boolean
      bypassrls?: boolean
    }[]
  }
  enablePDB?: boolean
  plugins?: Plugin[]
  probes?: { startup?: ProbeWithStrategy; liveness?: Probe; readiness?: ProbeWithStrategy }
}

type InitDb = {
  database?: string
  owner?: string
  secret?: Named
  dataChecksums?: boolean
  encoding?: string
  locale?: string
  localeCollate?: string
  localeCType?: string
  localeProvider?: string
  icuLocale?: string
  builtinLocale?: string
  walSegmentSize?: number
  postInitSQL?: string[]
  postInitApplicationSQL?: string[]
  postInitTemplateSQL?: string[]
}

type Recovery = {
  backup?: { name: string }
  source?: string
  recoveryTarget?: {
    backupID?: string
    targetTLI?: string
    targetXID?: string
    targetName?: string
    targetLSN?: string
    targetTime?: string
    targetImmediate?: boolean
    exclusive?: boolean
  }
  database?: string
  owner?: string
  secret?: Named
}

type Storage = {
  storageClass?: string
  size?: Quantity
  resizeInUseVolumes?: boolean
  pvcTemplate?: IPersistentVolumeClaimSpec
}

type Plugin = { name: string; enabled?: boolean; isWALArchiver?: boolean; parameters?: Texts }

type Probe = {
  initialDelaySeconds?: number
  timeoutSeconds?: number
  periodSeconds?: number
  successThreshold?: number
  failureThreshold?: number
  terminationGracePeriodSeconds?: number
}

type ProbeWithStrategy = Probe & { type?: 'pg_isready' | 'streaming' | 'query'; maximumLag?: Quantity }

type PoolerSpec = {
  cluster: Named
  type?: 'rw' | 'ro' | 'r'
  instances?: number
  template?: {
    metadata?: { labels?: Texts; annotations?: Texts }
    // Required, and merged by name with what the operator puts there: the image is its own.
    spec?: Omit<IPodSpec, 'containers'> & { containers: (Named & Partial<IContainer>)[] }
  }
  pgbouncer: {
    poolMode?: 'session' | 'transaction'
    parameters?: Partial<Record<PgBouncerParameter, string>>
    pg_hba?: string[]
    paused?: boolean
    image?: string
  }
  deploymentStrategy?: IDeploymentStrategy
  monitoring?: { tls?: { enabled?: boolean } }
  serviceTemplate?: { metadata?: { labels?: Texts; annotations?: Texts }; spec?: IServiceSpec }
  serviceAccountName?: string
}

/** The options that the operator passes on. */
type PgBouncerParameter =
  | 'application_name_add_host'
  | 'cancel_wait_timeout'
  | 'client_idle_timeout'
  | 'client_login_timeout'
  | 'client_tls_sslmode'
  | 'default_pool_size'
  | 'dns_max_ttl'
  | 'dns_nxdomain_ttl'
  | 'idle_transaction_timeout'
  | 'ignore_startup_parameters'
  | 'listen_backlog'
  | 'log_connections'
  | 'log_disconnections'
  | 'log_pooler_errors'
  | 'log_stats'
  | 'max_client_conn'
  | 'max_db_connections'
  | 'max_packet_size'
  | 'max_prepared_statements'
  | 'max_user_connections'
  | 'min_pool_size'
  | 'query_timeout'
  | 'query_wait_timeout'
  | 'reserve_pool_size'
  | 'reserve_pool_timeout'
  | 'server_check_delay'
  | 'server_check_query'
  | 'server_connect_timeout'
  | 'server_fast_close'
  | 'server_idle_timeout'
  | 'server_lifetime'
  | 'server_login_retry'
  | 'server_reset_query'
  | 'server_reset_query_always'
  | 'server_round_robin'
  | 'server_tls_ciphers'
  | 'server_tls_protocols'
  | 'server_tls_sslmode'
  | 'stats_period'
  | 'tcp_keepalive'
  | 'tcp_keepcnt'
  | 'tcp_keepidle'
  | 'tcp_keepintvl'
  | 'tcp_user_timeout'
  | 'track_extra_parameters'
  | 'verbose'

type ScheduledBackupSpec = {
  suspend?: boolean
  immediate?: boolean
  /** Six fields: seconds first. */
  schedule: `${string} ${string} ${string} ${string} ${string} ${string}`
  cluster: Named
  backupOwnerReference?: 'none' | 'self' | 'cluster'
  target?: 'primary' | 'prefer-standby'
  method?: 'plugin' | 'volumeSnapshot'
  pluginConfiguration?: { name: string; parameters?: Texts }
}

type ObjectStoreSpec = {
  retentionPolicy?: `${number}${'d' | 'w' | 'm'}`
  configuration: {
    destinationPath: string
    endpointURL?: string
    endpointCA?: KeyOf
    s3Credentials?: {
      accessKeyId?: KeyOf
      secretAccessKey?: KeyOf
      region?: KeyOf
      sessionToken?: KeyOf
      inheritFromIAMRole?: boolean
    }
    azureCredentials?: {
      connectionString?: KeyOf
      storageAccount?: KeyOf
      storageKey?: KeyOf
      storageSasToken?: KeyOf
      inheritFromAzureAD?: boolean
      useDefaultAzureCredentials?: boolean
    }
    googleCredentials?: { applicationCredentials?: KeyOf; gkeEnvironment?: boolean }
    data?: {
      compression?: 'bzip2' | 'gzip' | 'snappy'
      encryption?: 'AES256' | 'aws:kms'
      immediateCheckpoint?: boolean
      jobs?: number
      additionalCommandArgs?: string[]
    }
    wal?: {
      compression?: 'bzip2' | 'gzip' | 'lz4' | 'snappy' | 'xz' | 'zstd'
      encryption?: 'AES256' | 'aws:kms'
      maxParallel?: number
      archiveAdditionalCommandArgs?: string[]
      restoreAdditionalCommandArgs?: string[]
    }
    tags?: Texts
    historyTags?: Texts
  }
  instanceSidecarConfiguration?: {
    env?: IEnvVar[]
    resources?: IResourceRequirements
    retentionPolicyIntervalSeconds?: number
    logLevel?: 'error' | 'warning' | 'info' | 'debug' | 'trace'
    additionalContainerArgs?: string[]
  }
}

type PodMonitorSpec = {
  jobLabel?: string
  podTargetLabels?: string[]
  selector: { matchLabels?: Texts }
  podMetricsEndpoints: { port?: string; path?: string; interval?: string; scrapeTimeout?: string }[]
}
