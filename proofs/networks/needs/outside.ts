import { z } from "zod";
import { clusterOf } from "../../../model/clouds";
import type { Labels } from "../../../model/facts/object";
import { textsAt } from "../../../model/facts/read";
import { selectsLabels } from "../../../primitives/labels";
import { type AddressEnd, type Call, podEnd } from "../call";
import type { Context, Need } from "../context";
import { publicAddress } from "../ground";
import { apiServerCalls } from "./api-server";

const name = "app.kubernetes.io/name";

/** Calls of software to the internet, and when it makes them. */
interface OutsideCall {
  readonly from: Labels;
  readonly ports: readonly number[];
  readonly if: (context: Context, cluster: string) => boolean;
  readonly why: string;
  readonly source: string;
}

const issuer = z.looseObject({ spec: z.looseObject({ acme: z.unknown().optional() }) });

function hasAcme({ model }: Context, cluster: string): boolean {
  return model
    .of("ClusterIssuer", "Issuer")
    .some((one) => one.cluster === cluster && issuer.safeParse(one.manifest).data?.spec.acme !== undefined);
}

/** Whether a host is proven by an HTTP challenge. */
function hasHttpChallenges({ workloads }: Context, cluster: string): boolean {
  return workloads.some(
    (one) => one.cluster === cluster && one.pod.labels?.["acme.cert-manager.io/http01-solver"] !== undefined,
  );
}

function hasLinodeBuckets({ plan }: Context, cluster: string): boolean {
  const buckets = plan?.all("linode:index/objectStorageBucket:ObjectStorageBucket", z.unknown()) ?? [];
  return plan !== undefined && buckets.some((bucket) => clusterOf(plan, bucket.name) === cluster);
}

/** Whether Argo CD has a repository. */
function hasRepository({ model }: Context, cluster: string): boolean {
  return model
    .of("AppProject")
    .some((one) => one.cluster === cluster && textsAt(one.manifest, "spec", "sourceRepos").length > 0);
}

const calls: readonly OutsideCall[] = [
  {
    from: { [name]: "argocd-repo-server" },
    ports: [443],
    if: hasRepository,
    why: "reads the repository that it delivers from",
    source: "Argo CD: Component architecture; AppProject's sourceRepos",
  },
  {
    from: { [name]: "cert-manager", "app.kubernetes.io/component": "controller" },
    ports: [443],
    if: hasAcme,
    why: "asks for certificates, and has DNS records made",
    source: "cert-manager: ACME; Route53",
  },
  {
    from: { [name]: "cert-manager", "app.kubernetes.io/component": "controller" },
    ports: [80, 443],
    if: hasHttpChallenges,
    why: "looks at the answers to challenges itself",
    source: "cert-manager: ACME, HTTP01 self check",
  },
  {
    from: { [name]: "external-dns" },
    ports: [443],
    if: () => true,
    why: "keeps DNS records by its provider's API",
    source: "external-dns: Linode, AWS",
  },
  ...(["velero", "loki", "tempo"] as const).map((software) => ({
    from: { [name]: software },
    ports: [443],
    if: hasLinodeBuckets,
    why: "keeps its data in a bucket",
    source: "Linode: Object Storage, endpoints",
  })),
  {
    from: { "cnpg.io/podRole": "instance" },
    ports: [443],
    if: hasLinodeBuckets,
    why: "archives to a bucket, by the plugin's sidecar",
    source: "Barman Cloud CNPG-I plugin: Object stores",
  },
  {
    from: { [name]: "trivy-operator" },
    ports: [443],
    if: () => true,
    why: "has images scanned, in pods of its own namespace",
    source: "trivy-operator: Configuration, scan jobs",
  },
];

const internet: AddressEnd = { kind: "addresses", name: "the internet", ranges: publicAddress };

/** Software reaches what it needs on the internet. */
export const callsToInternet: Need = (context) =>
  calls.flatMap((call) =>
    context.workloads
      .filter(
        ({ cluster, pod }) =>
          selectsLabels({ matchLabels: call.from }, pod.labels) && call.if(context, cluster),
      )
      .flatMap((workload) =>
        call.ports.map(
          (port): Call => ({
            cluster: workload.cluster,
            from: podEnd(workload),
            to: internet,
            port,
            protocol: "TCP",
            why: call.why,
            source: call.source,
          }),
        ),
      ),
  );

/**
 * Sidecars that read ConfigMaps, and instances that elect a primary, need the API server, whatever their
 * roles are named.
 */
export const callsOfInstances: Need = (context) =>
  context.workloads
    .filter(({ pod }) => pod.labels?.["cnpg.io/podRole"] !== undefined || pod.labels?.["cnpg.io/jobRole"])
    .flatMap((workload) =>
      apiServerCalls(context, workload, "an instance manager reads and writes its Cluster"),
    );
