import { at, textAt } from "../../model/facts/read";
import { groupKind } from "../../model/manifest";
import { nameOf } from "../proof";
import { type Check, each, nothing, sum } from "../verdict";

/** Names by which clouds tell resources apart, by type: the fields that have to differ together. */
const unique: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "aws:s3/bucket:Bucket": [["bucket"]],
  "aws:eks/cluster:Cluster": [["name"]],
  "aws:eks/nodeGroup:NodeGroup": [["clusterName"], ["nodeGroupName"]],
  "aws:eks/addon:Addon": [["clusterName"], ["addonName"]],
  "aws:iam/role:Role": [["name"]],
  "aws:kms/alias:Alias": [["name"]],
  "aws:cloudwatch/logGroup:LogGroup": [["name"]],
  "aws:backup/vault:Vault": [["name"]],
  "aws:route53/record:Record": [["zoneId"], ["name"], ["type"]],
  "linode:index/objectStorageBucket:ObjectStorageBucket": [["region"], ["label"]],
  "linode:index/objectStorageKey:ObjectStorageKey": [["label"]],
  "linode:index/lkeCluster:LkeCluster": [["label"]],
  "linode:index/firewall:Firewall": [["label"]],
};

/** No two resources have one name in their cloud, and no two databases one archive. */
export const cloudNamesDiffer: Check = ({ model, plan }) => {
  const archives = model.of("ObjectStore").flatMap((object) => {
    const path = textAt(object.manifest, "spec", "configuration", "destinationPath");
    return object.manifest &&
      groupKind(object.manifest) === "barmancloud.cnpg.io/ObjectStore" &&
      path !== undefined
      ? [{ object, path }]
      : [];
  });
  return sum([
    plan === undefined
      ? nothing
      : each(namedIn(plan.resources), ({ name, key, all }) => {
          const twin = all.find((other) => other.name !== name && other.key === key);
          return twin === undefined
            ? undefined
            : {
                object: name,
                rule: `it and ${twin.name} have one name in their cloud, ${key.split(" ").at(-1)}: the second is refused, or takes the first over`,
                source:
                  "AWS and Linode API references: names are unique in an account, a region or a cluster",
                fix: "give each a name of its own",
              };
        }),
    each(archives, ({ object, path }) => {
      const twin = archives.find((other) => other.object !== object && isWithin(path, other.path));
      return twin === undefined
        ? undefined
        : {
            object: nameOf(object),
            rule: `it archives to ${path}, and so does ${nameOf(twin.object)}: a database is restored from the other's log`,
            source: "Barman Cloud: each server has a destination of its own",
            fix: "give each a folder of its own",
          };
    }),
  ]);
};

function isWithin(path: string, other: string): boolean {
  const [one, two] = [path, other].map((text) => `${text.replace(/\/$/, "")}/`);
  return one === two;
}

interface Named {
  readonly name: string;
  readonly key: string;
}

function namedIn(
  resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly inputs: unknown;
    readonly provider: string | undefined;
  }[],
): readonly (Named & { readonly all: readonly Named[] })[] {
  return Object.entries(unique).flatMap(([type, fields]) => {
    const all = resources
      .filter((one) => one.type === type)
      .flatMap(({ name, inputs, provider = "" }) => {
        const values = fields.map((path) => at(inputs, ...path));
        // The provider stands for account and region; a name that is not given the engine makes up.
        return values.every((value) => typeof value === "string")
          ? [{ name, key: [type, provider, ...values].join(" ") }]
          : [];
      });
    return all.map((one) => ({ ...one, all }));
  });
}
