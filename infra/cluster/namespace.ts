import { LimitRange, Namespace, ResourceQuota } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type { CustomResourceOptions, Input, Resource } from "@pulumi/pulumi";
import { containerDefaults, namespaceLimits } from "./limits";
import { team } from "./namespaces";
import type { PlacedNamespace } from "./placement";

/** Arguments of {@link createNamespace}. */
export interface NamespaceArgs {
  readonly placed: PlacedNamespace;
  /** Whether the namespace is protected from deletion: everything in it, volumes' claims included, would go too. */
  readonly protect: boolean;
  /** What has to be there before anything is made in the namespace. */
  readonly after: readonly Resource[];
}

/**
 * A namespace with what every one has from its first moment, as far as this stack makes it (A9, B3, K5).
 *
 * @returns the namespace itself; undefined where another stack makes it
 */
export function createNamespace(
  name: string,
  { placed, protect, after }: NamespaceArgs,
  options: CustomResourceOptions,
): Namespace | undefined {
  const { declaration, environment, created, meshed, limited } = placed;
  let namespace: Input<string> = declaration.name;
  let made: Namespace | undefined;
  if (created) {
    made = new Namespace(
      name,
      { metadata: { name: declaration.name, labels: labelsOf(placed) } },
      { ...options, protect, dependsOn: [...after] },
    );
    namespace = made.metadata.name;
    createDefaultPolicies(name, namespace, options);
    if (meshed) createProbePolicy(name, namespace, options);
  }
  if (limited) createLimits(name, namespace, environment, options);
  return made;
}

function labelsOf({ declaration, environment, meshed, gated }: PlacedNamespace): Record<string, string> {
  return {
    environment,
    team,
    ...(declaration.compliance && { compliance: declaration.compliance }),
    // The load balancer controller then has a say in when a new pod is ready, so that no old one goes before.
    ...(gated && { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" }),
    ...(meshed && { "istio.io/dataplane-mode": "ambient" }),
    "pod-security.kubernetes.io/enforce": declaration.podSecurity?.enforce ?? "restricted",
    // An exception is still audited and warned of, so that it stays visible and does not grow.
    "pod-security.kubernetes.io/audit": "restricted",
    "pod-security.kubernetes.io/warn": "restricted",
  };
}

/** Nothing gets in or out unless a policy beside the workload says so; only names can be looked up. (000, 002) */
function createDefaultPolicies(name: string, namespace: Input<string>, options: CustomResourceOptions): void {
  new NetworkPolicy(
    `${name}-default-deny`,
    {
      metadata: { name: "default-deny", namespace },
      // A list that is not set is not managed: manual additions would be neither seen nor removed.
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [], egress: [] },
    },
    options,
  );
  new NetworkPolicy(
    `${name}-allow-dns`,
    {
      metadata: { name: "allow-dns", namespace },
      spec: {
        podSelector: {},
        policyTypes: ["Egress"],
        ingress: [],
        egress: [
          {
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
          },
        ],
      },
    },
    options,
  );
}

/**
 * In the mesh a kubelet's probes come from an address that stands for the pod's own node, and that no other pod can have;
 * so they are not the node's traffic any more, which every network lets through. (P16)
 */
function createProbePolicy(name: string, namespace: Input<string>, options: CustomResourceOptions): void {
  new NetworkPolicy(
    `${name}-allow-probes`,
    {
      metadata: { name: "allow-probes", namespace },
      spec: {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ ipBlock: { cidr: "169.254.7.127/32" } }] }],
        egress: [],
      },
    },
    options,
  );
}

function createLimits(
  name: string,
  namespace: Input<string>,
  environment: PlacedNamespace["environment"],
  options: CustomResourceOptions,
): void {
  const limits = namespaceLimits[environment];
  new ResourceQuota(
    `${name}-quota`,
    { metadata: { name: "environment", namespace }, spec: { hard: limits.quota } },
    options,
  );
  new LimitRange(
    `${name}-limits`,
    {
      metadata: { name: "environment", namespace },
      spec: {
        limits: [
          {
            type: "Container",
            default: containerDefaults.limits,
            defaultRequest: containerDefaults.requests,
            max: limits.largestContainer,
          },
          { type: "PersistentVolumeClaim", max: { storage: limits.largestVolume } },
        ],
      },
    },
    options,
  );
}
