import type { Environment } from "../config/environment";
import type { OptionalService } from "../config/platform";
import type { SystemName } from "../config/systems";

/** Pod Security Standards, strictest last. */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** Who has a namespace: one of the four systems, or the platform itself, which every cluster has. */
export type NamespaceOwner = SystemName | "platform";

/** One namespace, as the seeds declare it. */
export interface NamespaceDeclaration {
  readonly name: string;
  readonly owner: NamespaceOwner;
  /** The environment that lives in it; `shared` for what every environment of a system uses. */
  readonly environment: Environment | "shared";
  /** The service of the platform without which the namespace has no use. */
  readonly service?: OptionalService;
  /** The system whose own namespace takes this one's place on its cluster. */
  readonly unless?: SystemName;
  /** The regime that auditors look for, where one applies. */
  readonly compliance?: "pci-dss";
  /** Whether the platform's pods here call the systems', and so need the mesh's certificates. The systems' own all do. */
  readonly callsSystems?: true;
  /** Whether pods here stand behind load balancers of their own Services. */
  readonly loadBalanced?: true;
  /** Why pods here need more than the restricted Pod Security Standard allows, and what they get. */
  readonly podSecurity?: { readonly enforce: PodSecurityLevel; readonly reason: string };
}

/** Who looks after every namespace. (000) */
export const team = "ai-platform";

/** Every namespace of the platform and of the four systems. A namespace that is not here does not exist on any cluster. */
export const namespaces: readonly NamespaceDeclaration[] = [
  // Atlas: 000, "Namespace Organization"; monitoring and logging by the objects that it puts there (A9).
  { name: "atlas-ai-dev", owner: "atlas", environment: "development", loadBalanced: true },
  { name: "atlas-ai-staging", owner: "atlas", environment: "staging", loadBalanced: true },
  {
    name: "atlas-ai-production",
    owner: "atlas",
    environment: "production",
    compliance: "pci-dss",
    loadBalanced: true,
  },
  { name: "atlas-monitoring", owner: "atlas", environment: "shared" },
  { name: "atlas-logging", owner: "atlas", environment: "shared" },

  // AIaaS: 002, "Environments" (B3). On one cluster together; which of them is the stack's configuration (D3).
  { name: "development", owner: "aiaas", environment: "development" },
  { name: "staging", owner: "aiaas", environment: "staging" },
  { name: "production", owner: "aiaas", environment: "production" },
  { name: "system", owner: "aiaas", environment: "shared" },

  // 003 names no namespace; 004's deployment steps create theirs by this name.
  { name: "ai-middleware", owner: "ai-middleware", environment: "shared" },
  { name: "marketresearch", owner: "market-research", environment: "shared" },

  // The platform's own, on every cluster. Where Atlas runs, its namespaces for monitoring and logging serve all.
  { name: "platform-system", owner: "platform", environment: "shared", callsSystems: true },
  { name: "cert-manager", owner: "platform", environment: "shared" },
  { name: "ingress", owner: "platform", environment: "shared", callsSystems: true, loadBalanced: true },
  { name: "data-operators", owner: "platform", environment: "shared", callsSystems: true },
  { name: "monitoring", owner: "platform", environment: "shared", unless: "atlas", callsSystems: true },
  { name: "logging", owner: "platform", environment: "shared", unless: "atlas", callsSystems: true },
  { name: "argocd", owner: "platform", environment: "shared", service: "gitops" },
  { name: "registry", owner: "platform", environment: "shared", service: "registry" },
  { name: "velero", owner: "platform", environment: "shared", service: "backup" },
  { name: "trivy-system", owner: "platform", environment: "shared", service: "image-scanning" },
  {
    name: "node-agents",
    owner: "platform",
    environment: "shared",
    podSecurity: {
      enforce: "privileged",
      reason:
        "node-exporter, Fluent Bit and the GPU agents read the node itself: its /proc and /sys, its containers' logs, its devices",
    },
  },
  {
    name: "istio-system",
    owner: "platform",
    environment: "shared",
    service: "mesh",
    podSecurity: {
      enforce: "privileged",
      reason: "the mesh's node agent and node proxy set up the pods' networks from the node",
    },
  },
];

/** Where the platform's concerns live on a cluster. */
export interface PlatformNamespaces {
  readonly monitoring: string;
  readonly logging: string;
}

/** The namespaces for what Atlas brings its own for: its own where it runs, else the platform's. (000) */
export function platformNamespaces(atlasRunsHere: boolean): PlatformNamespaces {
  return atlasRunsHere
    ? { monitoring: "atlas-monitoring", logging: "atlas-logging" }
    : { monitoring: "monitoring", logging: "logging" };
}

/** The namespace in which a system has what belongs to an environment, or to all of them. */
export function namespaceOf(system: SystemName, environment: Environment | "shared"): string {
  const found = namespaces.find((each) => each.owner === system && each.environment === environment);
  if (found === undefined) {
    throw new Error(`infra/cluster/namespaces.ts has no namespace for ${system} in ${environment}`);
  }
  return found.name;
}

/** Whether a namespace's pods take part in the mesh, where there is one. (P16) */
export function joinsMesh(name: string): boolean {
  const found = namespaces.find((each) => each.name === name);
  return found !== undefined && (found.owner !== "platform" || found.callsSystems === true);
}
