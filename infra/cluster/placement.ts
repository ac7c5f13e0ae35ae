import type { Environment } from "../config/environment";
import type { OptionalService } from "../config/platform";
import { type Placed, systemsOn } from "../systems/system";
import type { Cloud } from "./cloud";
import { declaredNamespaces, meshedNamespaces, type NamespaceDeclaration } from "./namespaces";

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
  /** The stack's systems, on whichever of its clusters. */
  readonly systems: readonly Placed[];
  /** Services of the platform that the stack does without. */
  readonly without: readonly OptionalService[];
  readonly cluster: {
    readonly name: string;
    readonly owned: boolean;
    readonly cloud: Pick<Cloud, "sendsToPods">;
  };
}

/**
 * The namespaces of a stack on a cluster. The owner of a cluster creates them for every environment that
 * shares it (D3); a stack on another's cluster uses them, and only sets its own limits.
 */
export function placeNamespaces(args: PlacementArgs): readonly PlacedNamespace[] {
  const { environment, systems, without, cluster } = args;
  const here = systemsOn(systems, cluster.name);
  const meshed = meshedNamespaces(here);
  return declaredNamespaces(here).flatMap((declaration) => {
    if (!isWanted(declaration, here, without)) return [];
    const shared = declaration.environment === "shared";
    const own = declaration.environment === environment;
    const guest = !shared && !own && hostedBy(here, declaration).includes(declaration.environment);
    const created = cluster.owned && (shared || own || guest);
    const limited = own || (shared && cluster.owned);
    if (!created && !limited) return [];
    return [
      {
        declaration,
        environment: declaration.environment === "shared" ? environment : declaration.environment,
        created,
        meshed: !without.includes("mesh") && meshed.has(declaration.name),
        gated: cluster.cloud.sendsToPods && declaration.loadBalanced === true,
        limited,
      },
    ];
  });
}

function isWanted(
  { owner, service, concern }: NamespaceDeclaration,
  here: readonly Placed[],
  without: readonly OptionalService[],
): boolean {
  if (owner !== "platform") return true;
  if (service !== undefined && without.includes(service)) return false;
  return (
    concern === undefined ||
    !here.some(({ namespaces }) => namespaces.some((each) => each.concern === concern))
  );
}

/** The other environments that a system's cluster is shared with. */
function hostedBy(here: readonly Placed[], { owner }: NamespaceDeclaration): readonly Environment[] {
  return here.find(({ name }) => name === owner)?.settings.sharedWith ?? [];
}
