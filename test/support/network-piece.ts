import { factsOfManifest } from "../../model/facts/of-manifest";
import { manifest as manifestForm } from "../../model/manifest";
import { Model, type ModelObject } from "../../model/model";
import { Plan } from "../../model/plan";
import type { Evidence } from "../../proofs/proof";

/** A piece of a cluster: its objects as manifests, and what of the cloud a proof of networks looks at. */
export interface Piece {
  readonly cluster: "aws" | "linode" | "local";
  /** System of objects by their namespace. Default: `platform`. */
  readonly systems?: Readonly<Record<string, string>>;
  readonly objects: readonly object[];
  /** Whether EKS enforces policies by the VPC CNI's agent. Default: true. */
  readonly enforced?: boolean;
  /** Accounts that have a role of AWS, as `namespace/name`. */
  readonly roles?: readonly string[];
}

const subnets = { "net-intra-a": "10.20.240.0/22", "net-private-a": "10.20.0.0/18" };

/** What a proof looks at, of a piece alone. */
export function evidenceOf({ cluster, systems = {}, objects, enforced = true, roles = [] }: Piece): Evidence {
  const made = objects.map((object): ModelObject => {
    const manifest = manifestForm.parse(object);
    const facts = factsOfManifest(manifest, { keep: new Set() });
    return {
      ...facts,
      cluster,
      manifest,
      origin: { by: "program", resource: facts.name },
      system: systems[facts.namespace ?? ""] ?? "platform",
    };
  });
  return { model: new Model("test", made), plan: Plan.of("test", cloud(cluster, enforced, roles)) };
}

function cloud(
  cluster: Piece["cluster"],
  enforced: boolean,
  roles: readonly string[],
): Parameters<typeof Plan.of>[1] {
  const resource = (type: string, name: string, inputs: object) => ({ type, name, inputs, options: {} });
  return [
    resource("pulumi:providers:kubernetes", `${cluster}-kubernetes`, {}),
    resource("aws:eks/cluster:Cluster", "aws-cluster", {
      kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16" },
      vpcConfig: { subnetIds: ["net-intra-a-id"] },
    }),
    ...Object.entries(subnets).map(([name, cidrBlock]) =>
      resource("aws:ec2/subnet:Subnet", name, { cidrBlock }),
    ),
    resource("aws:eks/nodeGroup:NodeGroup", "aws-nodes", { subnetIds: ["net-private-a-id"] }),
    resource("aws:eks/addon:Addon", "aws-vpc-cni", {
      addonName: "vpc-cni",
      configurationValues: JSON.stringify(enforced ? { enableNetworkPolicy: "true" } : {}),
    }),
    ...roles.map((account) => {
      const [namespace, serviceAccount] = account.split("/");
      return resource("aws:eks/podIdentityAssociation:PodIdentityAssociation", account, {
        namespace,
        serviceAccount,
      });
    }),
  ];
}

/** A namespace, in the ambient mesh or not, in which nothing is let through but names. */
export function namespaceWith(name: string, { mesh = false } = {}): readonly object[] {
  const dns = {
    to: [
      {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
        podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
      },
    ],
    ports: [
      { protocol: "UDP", port: 53 },
      { protocol: "TCP", port: 53 },
    ],
  };
  return [
    {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, ...(mesh && { labels: { "istio.io/dataplane-mode": "ambient" } }) },
    },
    policy(name, "default-deny", {}, { ingress: [], egress: [dns] }),
    ...(mesh
      ? [
          policy(
            name,
            "allow-probes",
            {},
            { ingress: [{ from: [{ ipBlock: { cidr: "169.254.7.127/32" } }] }] },
          ),
        ]
      : []),
  ];
}

/** A NetworkPolicy for pods with these labels, in the directions that it says anything of. */
export function policy(
  namespace: string,
  name: string,
  matchLabels: Readonly<Record<string, string>>,
  rules: { readonly ingress?: readonly object[]; readonly egress?: readonly object[] },
): object {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace },
    spec: {
      podSelector: { matchLabels },
      policyTypes: [...(rules.ingress ? ["Ingress"] : []), ...(rules.egress ? ["Egress"] : [])],
      ...rules,
    },
  };
}

/** A workload of one container. */
export function workload(
  namespace: string,
  name: string,
  labels: Readonly<Record<string, string>>,
  {
    kind = "Deployment",
    container = {},
    pod = {},
    annotations = {},
  }: {
    readonly kind?: "Deployment" | "Job" | "StatefulSet";
    readonly container?: object;
    readonly pod?: object;
    readonly annotations?: Readonly<Record<string, string>>;
  } = {},
): object {
  return {
    apiVersion: kind === "Job" ? "batch/v1" : "apps/v1",
    kind,
    metadata: { name, namespace, annotations },
    spec: {
      template: {
        metadata: { labels },
        spec: { containers: [{ name: "main", image: "main", ...container }], ...pod },
      },
    },
  };
}

/** A Service with one port. */
export function service(
  namespace: string,
  name: string,
  selector: Readonly<Record<string, string>>,
  port: object,
  spec: object = {},
): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: { type: "ClusterIP", selector, ports: [port], ...spec },
  };
}

/** An account of that name, and a role that it has. */
export function accountWithRole(namespace: string, name: string): readonly object[] {
  return [
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } },
    {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind: "RoleBinding",
      metadata: { name, namespace },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
  ];
}
