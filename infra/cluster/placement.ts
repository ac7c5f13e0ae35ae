import type { Environment } from "../config/environment";
import type { OptionalService } from "../config/platform";
import type { SystemName, SystemPlacements } from "../config/systems";
import type { Cloud } from "./cloud";
import { joinsMesh, type NamespaceDeclaration, namespaces } from "./namespaces";

/** A namespace on a cluster, and which of its parts this stack makes. */
export interface PlacedNamespace {
  readonly declaration: NamespaceDeclaration;
  /** What the namespace is for on this cluster: shared namespaces serve the stack's own environment. */
  readonly environment: Environment;
  /** Whether this stack makes the namespace itself, its labels and its default policies. */
  readonly created: boolean;
  /** Whether its pods take part in the service mesh. (P16) */
  readonly meshed: boolean;
  /** Whether its pods count as ready only when their load balancer sends to them. (C11) */
  readonly gated: boolean;
  /** Whether this stack sets what the namespace may use; each environment's own stack does. */
  readonly limited: boolean;
}

/** The stack, as far as it decides on namespaces. */
export interface PlacementArgs {
  readonly environment: Environment;
  readonly systems: SystemPlacements;
  /** Services of the platform that the stack does without. */
  readonly without: readonly OptionalService[];
  readonly cluster: {
    readonly name: string;
    readonly owned: boolean;
    readonly cloud: Pick<Cloud, "sendsToPods">;
  };
}

/**
 * The namespaces that a stack has on a cluster. The owner of a cluster makes them, for every environment that shares
 * it (D3); a stack on somebody else's cluster finds its own made, and only sets its limits.
 */
export function placeNamespaces(args: PlacementArgs): readonly PlacedNamespace[] {
  const { environment, systems, cluster } = args;
  return namespaces.flatMap((declaration) => {
    if (!isWanted(declaration, args)) return [];
    const shared = declaration.environment === "shared";
    const own = declaration.environment === environment;
    const guest = !shared && !own && hostedBy(systems, declaration).includes(declaration.environment);
    const created = cluster.owned && (shared || own || guest);
    const limited = own || (shared && cluster.owned);
    if (!created && !limited) return [];
    return [
      {
        declaration,
        environment: declaration.environment === "shared" ? environment : declaration.environment,
        created,
        meshed: !args.without.includes("mesh") && joinsMesh(declaration.name),
        gated: cluster.cloud.sendsToPods && declaration.loadBalanced === true,
        limited,
      },
    ];
  });
}

function isWanted(
  { owner, service, unless }: NamespaceDeclaration,
  { systems, without, cluster }: PlacementArgs,
): boolean {
  const runsHere = (system: SystemName): boolean => systems[system]?.cluster === cluster.name;
  if (service !== undefined && without.includes(service)) return false;
  if (unless !== undefined && runsHere(unless)) return false;
  return owner === "platform" || runsHere(owner);
}

/** The other environments that a system's cluster is shared with. */
function hostedBy(systems: SystemPlacements, { owner }: NamespaceDeclaration): readonly Environment[] {
  return owner === "aiaas" ? (systems.aiaas?.sharedWith ?? []) : [];
}
