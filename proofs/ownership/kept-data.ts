import { groupKind } from "../../model/manifest";
import type { ModelObject } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** A field of a custom resource that decides whether its data outlives it. */
interface Keeping {
  /** As `group/Kind`. */
  readonly kind: string;
  /** What is wrong with a resource; undefined when its data is kept. */
  readonly wrong: (
    spec: Readonly<Record<string, unknown>>,
    object: ModelObject,
  ) => Pick<Fault, "rule" | "fix"> | undefined;
  readonly source: string;
}

const keepings: readonly Keeping[] = [
  {
    kind: "rabbitmq.com/Queue",
    wrong: ({ deletionPolicy }) =>
      deletionPolicy === "retain"
        ? undefined
        : {
            rule: "the queue is deleted with the object, messages included",
            fix: "set spec.deletionPolicy to retain",
          },
    source: "rabbitmq/messaging-topology-operator: deletionPolicy, default delete",
  },
  {
    kind: "postgresql.cnpg.io/Cluster",
    wrong: ({ plugins }, { name }) =>
      archivers(plugins).every((server) => server !== undefined && server !== name)
        ? undefined
        : {
            rule: "its archive is a folder of the cluster's own name: a recreated cluster finds it full and archives nothing",
            fix: "give each incarnation a serverName of its own in the plugin's parameters",
          },
    source:
      "barman-cloud-check-wal-archive refuses a folder that is not empty; plugin-barman-cloud, parameter serverName",
  },
];

/**
 * Messages and archives outlive their object, and the next object of that name can continue to store some.
 */
export const keptData: Check = ({ model }) =>
  each(
    model.objects.flatMap((object) => {
      const { manifest } = object;
      const keeping = manifest && keepings.find(({ kind }) => kind === groupKind(manifest));
      return keeping === undefined ? [] : [{ object, keeping }];
    }),
    ({ object, keeping: { wrong, source } }) => {
      const spec = object.manifest?.spec;
      const found = wrong(isRecord(spec) ? spec : {}, object);
      return found && { object: nameOf(object), source, ...found };
    },
  );

/** The folders of the plugins that archive a cluster's log; undefined where one names none. */
function archivers(plugins: unknown): readonly (string | undefined)[] {
  const all: readonly unknown[] = Array.isArray(plugins) ? plugins : [];
  return all
    .filter(isRecord)
    .filter(({ isWALArchiver }) => isWALArchiver === true)
    .map(({ parameters }) => {
      const server = isRecord(parameters) ? parameters.serverName : undefined;
      return typeof server === "string" ? server : undefined;
    });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
