import * as pulumi from "@pulumi/pulumi";
import { archiveFolder, modelCopies, recoveryFolders } from "../cluster/backup-folders";
import type { BucketGrant } from "../cluster/bucket-grant";
import { mainNamespace, platformNamespaces } from "../cluster/namespaces";
import type { Environment } from "../config/environment";
import type { OptionalService } from "../config/platform";
import { recoveryAccounts } from "../recovery/accounts";
import { houseOf, type Placed, type SystemBackup } from "../systems/system";
import type { PrivateBucket } from "./bucket";
import {
  addToBucket,
  addToFolders,
  type BucketScope,
  manageBucket,
  readBucket,
  readFolders,
  rotateFolder,
} from "./bucket-permissions";
import {
  autoscalerPermissions,
  challengePermissions,
  dnsPermissions,
  externalSecretsPermissions,
  type LoadBalancerScope,
  loadBalancerPermissions,
} from "./controller-permissions";
import type { Statement } from "./policy";
import type { Storage } from "./storage";
import { WorkloadRole } from "./workload-role";

export interface WorkloadRolesArgs extends LoadBalancerScope {
  readonly clusterArn: pulumi.Input<string>;
  readonly environment: Environment;
  /** The systems that run on the cluster: accounts of others are not here. */
  readonly systems: readonly Placed[];
  readonly storage: Storage;
  /** Key that encrypts the buckets. */
  readonly keyArn: pulumi.Input<string>;
  /** The zone that External-DNS and cert-manager write to; undefined where DNS is managed elsewhere. */
  readonly zoneArn?: pulumi.Input<string>;
  /** Whether the External Secrets operator runs here. */
  readonly externalSecrets: boolean;
  /** Services of the platform that are not here: their accounts are not, either. */
  readonly without: readonly OptionalService[];
}

/** A service account that has a role, and what the role allows. */
interface Grant {
  readonly serviceAccount: string;
  readonly namespace: string;
  readonly statements: readonly Statement[];
  /** The service of the platform that brings the account. Default: what is always there. */
  readonly service?: OptionalService | undefined;
}

/**
 * Who among the cluster's pods may use AWS, and for what. All other pods have no credentials (C6). Controllers first,
 * then what keeps backups, models, logs and traces, then the jobs: backups (which add) and restore checks (which read), and what
 * the systems ask for their own.
 */
export class WorkloadRoles extends pulumi.ComponentResource {
  constructor(name: string, args: WorkloadRolesArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:WorkloadRoles", name, {}, opts);
    const isHere = ({ service }: Grant): boolean => service === undefined || !args.without.includes(service);
    for (const { service, ...grant } of grants(args).filter(isHere)) {
      new WorkloadRole(
        `${name}-${grant.serviceAccount}`,
        { clusterName: args.clusterName, clusterArn: args.clusterArn, ...grant },
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}

/** The buckets, by what they are for. */
type Buckets = Readonly<Partial<Record<BucketGrant["bucket"], BucketScope>>>;

function grants(args: WorkloadRolesArgs): readonly Grant[] {
  const { storage, keyArn, region, environment, systems } = args;
  const scope = (bucket: PrivateBucket): BucketScope => ({ bucket, keyArn, region });
  const buckets = {
    models: scope(storage.models),
    backups: scope(storage.backups),
    data: scope(storage.data),
    telemetry: scope(storage.telemetry),
  };
  return [
    ...controllers(args),
    {
      serviceAccount: "velero-server",
      namespace: "velero",
      statements: rotateFolder(buckets.backups, "velero"),
      service: "backup",
    },
    ...keepers(systems, environment, buckets),
    ...systems.flatMap((system) =>
      (system.backups ?? []).flatMap((backup) => recovers(system, environment, backup, buckets)),
    ),
    ...systems.flatMap((system) =>
      (system.grants?.({ environment, settings: system.settings }) ?? []).map((grant) =>
        granted(grant, buckets),
      ),
    ),
  ];
}

/** What the cluster's controllers do with AWS. */
function controllers(args: WorkloadRolesArgs): readonly Grant[] {
  const namespace = "platform-system";
  return [
    {
      serviceAccount: "cluster-autoscaler",
      namespace,
      statements: autoscalerPermissions(args.clusterName),
      service: "autoscaling",
    },
    {
      serviceAccount: "aws-load-balancer-controller",
      namespace,
      statements: loadBalancerPermissions(args),
    },
    ...(args.zoneArn === undefined
      ? []
      : [
          {
            serviceAccount: "external-dns",
            namespace,
            statements: dnsPermissions(args.zoneArn),
            service: "dns" as const,
          },
          {
            serviceAccount: "cert-manager",
            namespace: "cert-manager",
            statements: challengePermissions(args.zoneArn),
          },
        ]),
    ...(args.externalSecrets
      ? [{ serviceAccount: "external-secrets", namespace, statements: externalSecretsPermissions(args) }]
      : []),
  ];
}

/** What the platform's services keep in buckets. */
function keepers(
  systems: readonly Placed[],
  environment: Environment,
  { models, telemetry }: { readonly models: BucketScope; readonly telemetry: BucketScope },
): readonly Grant[] {
  const { logging, monitoring } = platformNamespaces(systems);
  const house = houseOf(systems, "model-registry");
  return [
    ...(house
      ? [
          {
            serviceAccount: "mlflow",
            namespace: mainNamespace(house, environment),
            statements: addToBucket(models),
            service: "model-registry" as const,
          },
        ]
      : []),
    { serviceAccount: "loki", namespace: logging, statements: manageBucket(telemetry), service: "logging" },
    {
      serviceAccount: "tempo",
      namespace: monitoring,
      statements: manageBucket(telemetry),
      service: "tracing",
    },
  ];
}

/** What the jobs of a store do with its backups, and the store itself with its archive. */
function recovers(
  system: Placed,
  environment: Environment,
  { store, archived = false, service }: SystemBackup,
  { models, backups }: { readonly models: BucketScope; readonly backups: BucketScope },
): readonly Grant[] {
  const namespace = mainNamespace(system, environment);
  const { backup, restoreCheck } = recoveryAccounts(system, store);
  const own = recoveryFolders(namespace, store);
  // A PostgreSQL cluster's pods run as a service account of the cluster's own name, which is its archive's too.
  const archive = `${archiveFolder(namespace)}/${store}`;
  const alsoRead =
    store === modelCopies.store
      ? readBucket(models).map((statement) => ({ ...statement, Sid: `${statement.Sid}OfModels` }))
      : [];
  return [
    ...(archived
      ? [{ serviceAccount: store, namespace, statements: addToFolders(backups, archive), service }]
      : []),
    {
      serviceAccount: backup,
      namespace,
      statements: [...addToFolders(backups, ...own), ...alsoRead],
      service,
    },
    {
      serviceAccount: restoreCheck,
      namespace,
      // Stores that have no archive have no such folder either.
      statements: [...readFolders(backups, ...own, archive), ...alsoRead],
      service,
    },
  ];
}

const allowed = { read: readFolders, add: addToFolders, rotate: rotateFolder } as const;

/**
 * A grant of a system in AWS' words.
 *
 * @throws Error for a bucket that the stack does not have
 */
function granted(
  { bucket, access, folder, serviceAccount, namespace }: BucketGrant,
  buckets: Buckets,
): Grant {
  const scope = buckets[bucket];
  if (scope === undefined) {
    throw new Error(
      `${namespace}/${serviceAccount} is granted the bucket ${bucket}; on AWS there are ${Object.keys(buckets).join(", ")}`,
    );
  }
  return { serviceAccount, namespace, statements: allowed[access](scope, folder) };
}
