import * as pulumi from "@pulumi/pulumi";
import { archiveFolder, modelCopies, recoveryFolders } from "../cluster/backup-folders";
import { namespaceOf, type PlatformNamespaces } from "../cluster/namespaces";
import type { Environment } from "../config/environment";
import type { SystemName } from "../config/systems";
import { type RecoverableSystem, recoverableStores, recoveryAccounts } from "../recovery/accounts";
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
  /** Where logs and traces live on the cluster. */
  readonly namespaces: PlatformNamespaces;
  /** The systems that run on the cluster: accounts of others are not here. */
  readonly systems: readonly SystemName[];
  /** Whether MarketResearchAI has cards to train its models on. (004) */
  readonly trainsModels: boolean;
  readonly storage: Storage;
  /** Key that encrypts the buckets. */
  readonly keyArn: pulumi.Input<string>;
  /** The zone that External-DNS and cert-manager write to; undefined where DNS is managed elsewhere. */
  readonly zoneArn?: pulumi.Input<string>;
  /** Whether the External Secrets operator runs here. */
  readonly externalSecrets: boolean;
}

/** A service account that has a role, and what the role allows. */
interface Grant {
  readonly serviceAccount: string;
  readonly namespace: string;
  readonly statements: readonly Statement[];
}

/**
 * Who among the cluster's pods may use AWS, and for what: nobody else has any credentials (C6). Controllers first,
 * then what keeps backups, models, logs and traces, then the jobs: backups (which add) and restore checks (which read), 004's
 * model sync and training.
 */
export class WorkloadRoles extends pulumi.ComponentResource {
  constructor(name: string, args: WorkloadRolesArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:WorkloadRoles", name, {}, opts);
    for (const grant of grants(args)) {
      new WorkloadRole(
        `${name}-${grant.serviceAccount}`,
        { clusterName: args.clusterName, clusterArn: args.clusterArn, ...grant },
        { parent: this },
      );
    }
    this.registerOutputs();
  }
}

function grants(args: WorkloadRolesArgs): readonly Grant[] {
  const { storage, keyArn, region, environment } = args;
  const models: BucketScope = { bucket: storage.models, keyArn, region };
  const backups: BucketScope = { bucket: storage.backups, keyArn, region };
  const data: BucketScope = { bucket: storage.data, keyArn, region };
  const telemetry: BucketScope = { bucket: storage.telemetry, keyArn, region };
  const system = "platform-system";
  const ofSystem = (name: SystemName, its: () => readonly Grant[]): readonly Grant[] =>
    args.systems.includes(name) ? its() : [];
  // A PostgreSQL cluster's pods run as a service account of the cluster's own name, which is its archive's too.
  const archives = (serviceAccount: string, namespace: string): Grant => ({
    serviceAccount,
    namespace,
    statements: addToFolders(backups, `${archiveFolder(namespace)}/${serviceAccount}`),
  });
  const readModels = readBucket(models).map((statement) => ({
    ...statement,
    Sid: `${statement.Sid}OfModels`,
  }));
  // A PostgreSQL cluster's archive has its store's name; other stores have none.
  const recovers = (system: RecoverableSystem, namespace: string): readonly Grant[] =>
    recoverableStores[system].flatMap((store) => {
      const { backup, restoreCheck } = recoveryAccounts(system, store);
      const alsoRead = store === modelCopies.store ? readModels : [];
      const own = recoveryFolders(namespace, store);
      return [
        {
          serviceAccount: backup,
          namespace,
          statements: [...addToFolders(backups, ...own), ...alsoRead],
        },
        {
          serviceAccount: restoreCheck,
          namespace,
          statements: [...readFolders(backups, ...own, `${archiveFolder(namespace)}/${store}`), ...alsoRead],
        },
      ];
    });
  return [
    {
      serviceAccount: "cluster-autoscaler",
      namespace: system,
      statements: autoscalerPermissions(args.clusterName),
    },
    {
      serviceAccount: "aws-load-balancer-controller",
      namespace: system,
      statements: loadBalancerPermissions(args),
    },
    ...(args.zoneArn === undefined
      ? []
      : [
          { serviceAccount: "external-dns", namespace: system, statements: dnsPermissions(args.zoneArn) },
          {
            serviceAccount: "cert-manager",
            namespace: "cert-manager",
            statements: challengePermissions(args.zoneArn),
          },
        ]),
    ...ofSystem("atlas", () => [
      archives("timescaledb", namespaceOf("atlas", environment)),
      archives("model-registry", namespaceOf("atlas", environment)),
    ]),
    ...ofSystem("ai-middleware", () => [archives("postgres", namespaceOf("ai-middleware", "shared"))]),
    ...ofSystem("aiaas", () => [
      archives("analytics", namespaceOf("aiaas", environment)),
      archives("user-organization", namespaceOf("aiaas", environment)),
    ]),
    ...(args.externalSecrets
      ? [
          {
            serviceAccount: "external-secrets",
            namespace: system,
            statements: externalSecretsPermissions(args),
          },
        ]
      : []),
    { serviceAccount: "velero-server", namespace: "velero", statements: rotateFolder(backups, "velero") },
    ...ofSystem("atlas", () => [
      {
        serviceAccount: "mlflow",
        namespace: namespaceOf("atlas", environment),
        statements: addToBucket(models),
      },
    ]),
    {
      serviceAccount: "loki",
      namespace: args.namespaces.logging,
      statements: manageBucket(telemetry),
    },
    {
      serviceAccount: "tempo",
      namespace: args.namespaces.monitoring,
      statements: manageBucket(telemetry),
    },
    ...ofSystem("atlas", () => recovers("atlas", namespaceOf("atlas", environment))),
    ...ofSystem("atlas", () => [
      {
        serviceAccount: "model-repository-sync",
        namespace: namespaceOf("atlas", environment),
        statements: readFolders(models, "atlas"),
      },
      ...(environment === "production"
        ? [
            {
              serviceAccount: "data-anonymiser",
              namespace: namespaceOf("atlas", environment),
              statements: addToFolders(data, "atlas/anonymised"),
            },
          ]
        : []),
      ...(environment === "staging"
        ? [
            {
              serviceAccount: "anonymised-data",
              namespace: namespaceOf("atlas", environment),
              statements: readFolders(data, "atlas/anonymised"),
            },
          ]
        : []),
    ]),
    ...ofSystem("ai-middleware", () => recovers("ai-middleware", namespaceOf("ai-middleware", "shared"))),
    ...ofSystem("ai-middleware", () =>
      ["ai-middleware", "ai-middleware-worker"].map((serviceAccount) => ({
        serviceAccount,
        namespace: namespaceOf("ai-middleware", "shared"),
        statements: rotateFolder(data, "ai-middleware"),
      })),
    ),
    ...ofSystem("aiaas", () => recovers("aiaas", namespaceOf("aiaas", environment))),
    ...ofSystem("market-research", () => [
      {
        serviceAccount: "model-sync",
        namespace: namespaceOf("market-research", "shared"),
        statements: readFolders(models, "market-research"),
      },
      {
        serviceAccount: "documents-sync",
        namespace: namespaceOf("market-research", "shared"),
        statements: readFolders(data, "market-research/documents"),
      },
      ...(args.trainsModels
        ? [
            {
              serviceAccount: "model-training",
              namespace: namespaceOf("market-research", "shared"),
              statements: addToFolders(models, "market-research"),
            },
          ]
        : []),
    ]),
  ];
}
