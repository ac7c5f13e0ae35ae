import * as pulumi from "@pulumi/pulumi";
import { helmRelease } from "../kit/helm-release";
import { allowScraping, hasMonitors } from "../kit/monitors";
import { memberAffinity } from "../kit/placement";
import { replicas, type Site } from "../kit/site";
import { restrictedContainer, restrictedPod, rolledWith } from "../kit/values";
import { pods } from "../network/edge";
import { charts } from "../platform/charts";
import type { SecretReference } from "../secrets/secret-bundles";
import { type StoreSizes, storeResources } from "./size";
import type { DataStore, Endpoint } from "./store";

/** Arguments of {@link Qdrant}. */
export interface QdrantArgs {
  readonly site: Site;
  readonly namespace: string;
  /** Name of the release and of its Service. */
  readonly releaseName: string;
  /** The bundle with the `api-key`. */
  readonly bundle: string;
  /** What each member gets. */
  readonly sizes: StoreSizes;
}

const ports = { http: 6333, grpc: 6334, peers: 6335 } as const;
const key = "api-key";
const imageUser = { runAsUser: 1000, runAsGroup: 2000 } as const;

/** A cluster of Qdrant, the vector database, which requires a key. (P13, 000) */
export class Qdrant extends pulumi.ComponentResource implements DataStore {
  readonly endpoints: { readonly http: Endpoint; readonly grpc: Endpoint };
  readonly credentials: SecretReference;
  readonly resource: pulumi.Resource;

  constructor(
    name: string,
    readonly args: QdrantArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:data:Qdrant", name, {}, options);
    const { site, namespace, releaseName, bundle } = args;
    const size = args.sizes[site.environment];
    const members = replicas(site, 3);
    const party = pods(namespace, releaseName, {
      "app.kubernetes.io/name": charts.qdrant.name,
      "app.kubernetes.io/instance": releaseName,
    });
    const endpoint = { host: `${releaseName}.${namespace}.svc`, tls: false, pods: party };
    this.endpoints = { http: { ...endpoint, port: ports.http }, grpc: { ...endpoint, port: ports.grpc } };
    this.credentials = site.secrets.provide(namespace, bundle);

    this.resource = helmRelease(
      `${name}-release`,
      {
        site,
        chart: charts.qdrant,
        namespace,
        releaseName,
        values: {
          fullnameOverride: releaseName,
          replicaCount: members,
          image: { useUnprivilegedImage: true },
          // By the environment, for what the chart's own value makes of it is written into the chart's objects in clear.
          env: [
            {
              name: "QDRANT__SERVICE__API_KEY",
              valueFrom: { secretKeyRef: { name: this.credentials.name, key } },
            },
          ],
          config: {
            cluster: { enabled: true, p2p: { port: ports.peers } },
            // What a collection has that says nothing: a member's loss then loses no vectors.
            storage: { collection: { replication_factor: Math.min(members, 2) } },
          },
          ...rolledWith(this.credentials),
          resources: storeResources(size),
          persistence: { size: size.storage, storageClassName: "fast-ssd" },
          // A snapshot is as large as what it is of, and lies here until it has been fetched.
          snapshotPersistence: { enabled: true, size: size.storage, storageClassName: "standard" },
          podSecurityContext: { ...restrictedPod, fsGroup: 3000 },
          containerSecurityContext: { ...restrictedContainer, ...imageUser },
          priorityClassName: "data-store",
          affinity: memberAffinity(site.cluster, members, party.labels),
          podDisruptionBudget: { enabled: members > 1, maxUnavailable: 1 },
          livenessProbe: { enabled: true, initialDelaySeconds: 60, failureThreshold: 12 },
          metrics: {
            serviceMonitor: {
              enabled: hasMonitors(site),
              authorization: { type: "Bearer", credentials: { name: this.credentials.name, key } },
            },
          },
        },
      },
      this,
      this.credentials.resource,
      site.monitorDefinitions,
    );
    site.network.allow(party, party, ports.peers);
    allowScraping(site, party, ports.http);
    // The chart's monitor reads by its Service, which is called like the release.
    if (hasMonitors(site)) site.watched.push({ namespace, store: releaseName, job: releaseName, members });
    this.registerOutputs();
  }
}
