import type { Environment } from "../config/environment";
import type { OptionalService } from "../config/platform";

/** Pod Security Standards, strictest last. */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

/** Parts of the platform that have a namespace of their own on a cluster, and that a system may bring its own for. */
export type Concern = "monitoring" | "logging";

interface NamespaceFacts {
  readonly name: string;
  /** What of the platform lives here: on its cluster a system's own namespace for it takes the place of the platform's. */
  readonly concern?: Concern;
  /** The regime that auditors look for, where one applies. */
  readonly compliance?: "pci-dss";
  /** Whether pods here stand behind load balancers of their own Services. */
  readonly loadBalanced?: true;
}

/** One namespace of a system. */
export interface SystemNamespace extends NamespaceFacts {
  /** The environment that lives in it; `shared` for what every environment of the system uses. */
  readonly environment: Environment | "shared";
}

/** One namespace, and whose it is. */
export interface NamespaceDeclaration extends SystemNamespace {
  /** The system's name, or `platform` for what every cluster has. */
  readonly owner: string;
  /** The service of the platform without which the namespace has no use. */
  readonly service?: OptionalService;
  /** Whether the platform's pods here call the systems', and so need the mesh's certificates. The systems' own all do. */
  readonly callsSystems?: true;
  /** Why pods here need more than the restricted Pod Security Standard allows, and what they get. */
  readonly podSecurity?: { readonly enforce: PodSecurityLevel; readonly reason: string };
}

/** Who looks after every namespace. (000) */
export const team = "ai-platform";

/** The platform's own namespaces, on every cluster. */
const platformDeclarations: readonly NamespaceDeclaration[] = [
  { name: "platform-system", owner: "platform", environment: "shared", callsSystems: true },
  { name: "cert-manager", owner: "platform", environment: "shared" },
  { name: "ingress", owner: "platform", environment: "shared", callsSystems: true, loadBalanced: true },
  { name: "data-operators", owner: "platform", environment: "shared", callsSystems: true },
  { name: "monitoring", owner: "platform", environment: "shared", concern: "monitoring", callsSystems: true },
  { name: "logging", owner: "platform", environment: "shared", concern: "logging", callsSystems: true },
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

/** A system, as far as it decides on namespaces. */
export interface NamespaceOwner {
  readonly name: string;
  readonly namespaces: readonly SystemNamespace[];
}

/** Every namespace of the systems and of the platform. One that is not here does not exist on any cluster. */
export function declaredNamespaces(systems: readonly NamespaceOwner[]): readonly NamespaceDeclaration[] {
  return [
    ...systems.flatMap(({ name, namespaces }) => namespaces.map((each) => ({ ...each, owner: name }))),
    ...platformDeclarations,
  ];
}

/** Where the platform's concerns live on a cluster. */
export type PlatformNamespaces = Readonly<Record<Concern, string>>;

/** Where the platform's concerns live on a cluster with these systems: in one's own namespace for it, else in the platform's. */
export function platformNamespaces(here: readonly NamespaceOwner[]): PlatformNamespaces {
  const find = (concern: Concern): string =>
    declaredNamespaces(here).find((each) => each.concern === concern)?.name ?? concern;
  return { monitoring: find("monitoring"), logging: find("logging") };
}

/**
 * The namespace in which a system has what belongs to an environment, or to all of them.
 *
 * @throws Error when it declares none for it
 */
export function namespaceOf(owner: NamespaceOwner, environment: Environment | "shared"): string {
  return namespaceAmong(owner.namespaces, environment, owner.name);
}

/**
 * The namespace among a system's own that belongs to an environment, or to all of them.
 *
 * @throws Error when there is none for it
 */
export function namespaceAmong(
  namespaces: readonly SystemNamespace[],
  environment: Environment | "shared",
  system = "the system",
): string {
  const found = namespaces.find((each) => each.environment === environment && each.concern === undefined);
  if (found !== undefined) return found.name;
  const known = namespaces.map((each) => `${each.name} (${each.environment})`).join(", ");
  throw new Error(
    `${system} has no namespace for ${environment}; it has ${known}. Declare one in its definition.`,
  );
}

/** The namespace of a system's workloads in an environment: the environment's own, or the one that all share. */
export function mainNamespace(owner: NamespaceOwner, environment: Environment): string {
  const own = owner.namespaces.some((each) => each.environment === environment);
  return namespaceOf(owner, own ? environment : "shared");
}

/** The namespaces whose pods take part in the mesh, where there is one: every system's, and those that call them. (P16) */
export function meshedNamespaces(systems: readonly NamespaceOwner[]): ReadonlySet<string> {
  return new Set(
    declaredNamespaces(systems)
      .filter(({ owner, callsSystems }) => owner !== "platform" || callsSystems === true)
      .map(({ name }) => name),
  );
}
