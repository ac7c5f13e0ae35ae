import { type Role, roleLabels } from "../../model/operators/cloudnative-pg/labels";
import { isReady, type Standing } from "./standing";

/** An instance of a PostgreSQL cluster whose role must be set. */
export interface RoleChange {
  readonly pod: Standing;
  readonly labels: Readonly<Record<string, string>>;
}

type Labelled = Pick<Standing, "metadata">;

/**
 * What CloudNativePG does with the roles of instances: a Ready replica takes over from a primary that is gone or not Ready, and
 * from one whose node is cordoned, if it is on a node that is not.
 *
 * @param cordoned nodes that take no pods
 */
export function planRoles(pods: readonly Standing[], cordoned: ReadonlySet<string>): readonly RoleChange[] {
  const clusters = new Map<string, Standing[]>();
  for (const pod of pods.filter(isInstance)) {
    clusters.set(clusterOf(pod), [...(clusters.get(clusterOf(pod)) ?? []), pod]);
  }
  return [...clusters.values()].flatMap((instances) => {
    const primary = primaryOf(instances, cordoned);
    // The new primary first: no client is to find none.
    return primary === undefined
      ? []
      : [primary, ...instances.filter((pod) => pod !== primary)].flatMap((pod) =>
          changeOf(pod, pod === primary ? "primary" : "replica"),
        );
  });
}

/** The role labels of a new instance: a replica where another one is the primary. */
export function roleOfNew(instance: Labelled, others: readonly Labelled[]): RoleChange["labels"] {
  const led = others.some(
    (other) =>
      isInstance(other) &&
      clusterOf(other) === clusterOf(instance) &&
      other.metadata.name !== instance.metadata.name &&
      hasRole(other, "primary"),
  );
  return isInstance(instance) && led ? roleLabels("replica") : {};
}

function primaryOf(instances: readonly Standing[], cordoned: ReadonlySet<string>): Standing | undefined {
  const present = instances.find((one) => hasRole(one, "primary"));
  const ready = instances.filter((one) => isReady(one));
  const staying = ready.filter(({ spec }) => !cordoned.has(spec?.nodeName ?? ""));
  const candidates = present === undefined || !ready.includes(present) ? [...staying, ...ready] : staying;
  return present !== undefined && candidates.includes(present) ? present : (candidates[0] ?? present);
}

function changeOf(pod: Standing, role: Role): readonly RoleChange[] {
  return hasRole(pod, role) ? [] : [{ pod, labels: roleLabels(role) }];
}

function hasRole({ metadata }: Labelled, role: Role): boolean {
  return Object.entries(roleLabels(role)).every(([key, value]) => metadata.labels?.[key] === value);
}

function isInstance({ metadata }: Labelled): boolean {
  return metadata.labels?.["cnpg.io/podRole"] === "instance";
}

function clusterOf({ metadata }: Labelled): string {
  return `${metadata.namespace}/${metadata.labels?.["cnpg.io/cluster"]}`;
}
