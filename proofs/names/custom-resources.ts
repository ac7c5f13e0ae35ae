import { at, listAt, textAt } from "../../model/facts/read";
import { groupKind } from "../../model/manifest";
import type { Model, ModelObject } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";

type Path = readonly string[];

/** Where a custom resource names something else, and what that is. */
interface Reference {
  /** API group, or `group/Kind`. */
  readonly of: string;
  /** The path to the name; `*` stands for each item of a list. */
  readonly name: Path;
  /** Its kind, or the path to that and what it is by default. */
  readonly to: string | { readonly path: Path; readonly otherwise: string };
  /** For Secrets and ConfigMaps: the path to the key. */
  readonly key?: Path;
}

const secret = (of: string, ...path: Path): Reference => ({
  of,
  name: [...path, "name"],
  key: [...path, "key"],
  to: "Secret",
});

const cloudNative = "postgresql.cnpg.io";
const archive = ["spec", "configuration", "s3Credentials"];

/** By the API references of the operators. What operators make Services, accounts or pods of is checked with those. */
const references: readonly Reference[] = [
  {
    of: `${cloudNative}/Cluster`,
    name: ["spec", "imageCatalogRef", "name"],
    to: { path: ["spec", "imageCatalogRef", "kind"], otherwise: "ImageCatalog" },
  },
  { of: `${cloudNative}/Cluster`, name: ["spec", "bootstrap", "initdb", "secret", "name"], to: "Secret" },
  {
    of: `${cloudNative}/Cluster`,
    name: ["spec", "plugins", "*", "parameters", "barmanObjectName"],
    to: "ObjectStore",
  },
  {
    of: `${cloudNative}/Cluster`,
    name: ["spec", "monitoring", "customQueriesConfigMap", "*", "name"],
    to: "ConfigMap",
  },
  { of: `${cloudNative}/Pooler`, name: ["spec", "cluster", "name"], to: "Cluster" },
  { of: `${cloudNative}/ScheduledBackup`, name: ["spec", "cluster", "name"], to: "Cluster" },
  secret("barmancloud.cnpg.io/ObjectStore", ...archive, "accessKeyId"),
  secret("barmancloud.cnpg.io/ObjectStore", ...archive, "secretAccessKey"),
  { of: "rabbitmq.com", name: ["spec", "rabbitmqClusterReference", "name"], to: "RabbitmqCluster" },
  { of: "rabbitmq.com", name: ["spec", "userReference", "name"], to: "User" },
  { of: "rabbitmq.com", name: ["spec", "importCredentialsSecret", "name"], to: "Secret" },
  { of: "kafka.strimzi.io", name: ["metadata", "labels", "strimzi.io/cluster"], to: "Kafka" },
  {
    of: "redis.redis.opstreelabs.in/RedisSentinel",
    name: ["spec", "redisSentinelConfig", "redisReplicationName"],
    to: "RedisReplication",
  },
  {
    of: "cert-manager.io/Certificate",
    name: ["spec", "issuerRef", "name"],
    to: { path: ["spec", "issuerRef", "kind"], otherwise: "Issuer" },
  },
  {
    of: "external-secrets.io/ExternalSecret",
    name: ["spec", "secretStoreRef", "name"],
    to: { path: ["spec", "secretStoreRef", "kind"], otherwise: "SecretStore" },
  },
  { of: "kibana.k8s.elastic.co", name: ["spec", "elasticsearchRef", "name"], to: "Elasticsearch" },
];

/** Kinds without a namespace: on another stack's cluster that stack has them. */
const clusterWide: ReadonlySet<string> = new Set([
  "ClusterIssuer",
  "ClusterSecretStore",
  "ClusterImageCatalog",
]);

/** What custom resources name exists in their namespace: operators take any name, and wait for ever. */
export const customResourcesFindTheirs: Check = ({ model }) =>
  each(
    model.objects.filter(({ manifest }) => manifest !== undefined),
    (object) =>
      references
        .filter(({ of }) => concerns(of, object))
        .flatMap((reference) =>
          namesAt(object.manifest, reference.name).flatMap(
            (name) => absent(model, object, reference, name) ?? [],
          ),
        ),
  );

function concerns(of: string, { manifest }: ModelObject): boolean {
  const kind = manifest === undefined ? "" : groupKind(manifest);
  return kind === of || kind.startsWith(`${of}/`);
}

function namesAt(value: unknown, [step, ...rest]: Path): readonly string[] {
  if (step === undefined) return typeof value === "string" && value !== "" ? [value] : [];
  if (step === "*") return listAt(value).flatMap((item) => namesAt(item, rest));
  return namesAt(at(value, step), rest);
}

function absent(model: Model, object: ModelObject, reference: Reference, name: string): Fault | undefined {
  const { cluster, namespace, manifest } = object;
  const { to, key } = reference;
  const kind = typeof to === "string" ? to : (textAt(manifest, ...to.path) ?? to.otherwise);
  const all = model.of(kind).filter((one) => one.cluster === cluster);
  const isWide = clusterWide.has(kind);
  if (isWide && all.length === 0) return undefined;
  const found = all.find((one) => one.name === name && (isWide || one.namespace === namespace));
  const wanted = key === undefined ? undefined : textAt(manifest, ...key);
  const hasKey = wanted === undefined || found?.keys === undefined || found.keys.includes(wanted);
  if (found !== undefined && hasKey) return undefined;
  return {
    object: nameOf(object),
    rule:
      found === undefined
        ? `it names the ${kind} ${name}, which nothing makes`
        : `it reads the key ${wanted} of the ${kind} ${name}, which has ${(found.keys ?? []).join(", ")}`,
    source: "API reference of its operator: a name that leads nowhere is taken, and the operator waits",
    fix: `name ${kind === "Secret" ? "a Secret" : `one of kind ${kind}`} of its namespace`,
  };
}
