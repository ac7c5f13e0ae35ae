import { existsSync } from "node:fs";
import { join } from "node:path";
import { clusterWith, readResources } from "../../test/support/operators/cluster";
import { differences } from "../../test/support/operators/differences";
import { readRecordings } from "../../test/support/operators/recorded";
import type { ObjectFacts } from "../facts/object";
import { groupKind } from "../manifest";
import { operators, passing } from ".";
import type { CustomResource } from "./operator";

/**
 * What the real operators made of custom resources of this program, held against what the modules make of the same. A selection
 * is kept here; all of it is compared where it is at hand.
 */
const folders = [
  join(__dirname, "fixtures/recorded"),
  join(__dirname, "../../../shared/reality/operators/prod"),
].filter((folder) => existsSync(folder));

/** Differences that are right, and why. */
const explained: readonly RegExp[] = [
  // No containers ran: CloudNativePG waits for the first instance before it makes the others, and names no primary.
  /^cluster-\S+ (Pod|Job)\/\S+-[23](-join)? was not recorded$/,
  /^cluster-\S+ Job\/\S+-1-initdb was not recorded$/,
  /^cluster-\S+ Pod\/\S+-1\.pod\.labels\.(cnpg\.io\/instanceRole|role): "primary" made/,
  // Claims that an operator makes itself were not recorded, only the volumes that name them.
  /^(cluster|kafkanodepool)-\S+ PersistentVolumeClaim\/\S+ was not recorded$/,
  // Selectors by expressions are recorded as null, also where they ask for certain labels.
  /\.antiAffinity\[0\]\.labels: \{.*\} made, null recorded$/,
  // The account was the application's own, and so taken over and not made.
  /^cluster-production-analytics ServiceAccount\/analytics was not recorded$/,
  // Recorded when the template still named the init container.
  /^pooler-atlas-ai-production-featurestore Deployment\/featurestore\.pod\.containers\[0\]\.resources: undefined made/,
  // The budget lets a node go once the cluster is green, which it never was without containers.
  /^elasticsearch-\S+ PodDisruptionBudget\/elasticsearch-es-default\.minAvailable: 2 made, 3 recorded$/,
  // ECK and Strimzi keep these without an owner, by which objects were found for recording.
  /^(elasticsearch|kibana)-\S+ Secret\/\S+(-certs-public|-elastic-user) was not recorded$/,
  /^kafka-\S+ ClusterRoleBinding\/\S+-kafka-init was not recorded$/,
  // A StatefulSet's own claims take the place of this volume in each pod.
  /^elasticsearch-\S+ StatefulSet\/elasticsearch-es-default\.pod\.volumes: .* made, \["claim claim-name-placeholder",/,
  // Made when the members are ready.
  /^mongodbcommunity-\S+ Secret\/ai-middleware-mongodb-admin-\S+ was not recorded$/,
  // Which rules and certificates there are is said by other resources than the Prometheus.
  /^prometheus-\S+ (ConfigMap\/\S+-rulefiles-0|Secret\/\S+-tls-assets-0)\.keys: undefined made/,
  // Of an address with dots in its host only the end was recorded.
  /^(prometheus|alertmanager)-\S+ StatefulSet\/\S+\.pod\.containers\[1\]\.urls/,
  // Recordings have no spec.
  /^ingress-\S+ Certificate\/\S+\.(spec|apiVersion): .* made, undefined recorded$/,
];

/** The file that tells of a custom resource, for those that say what others made for it. */
function fileOf(name: string, resources: readonly CustomResource[]): string {
  const pool = name.replace(/^strimzipodset-(\S+)-atlas-kafka-cluster-(\w+)$/, "kafkanodepool-$1-$2");
  if (!/^(certificate|challenge)-/.test(name)) return pool;
  const secret = name.replace(/^(certificate|challenge)-/, "").replace(/-1-\d+-\d+$/, "");
  const owner = resources.find(
    ({ kind, metadata, spec }) =>
      kind === "Ingress" && secret === `${metadata.namespace}-${JSON.stringify(spec.tls).split('"').at(-2)}`,
  );
  return owner ? nameOf(owner) : name;
}

function nameOf({ kind, metadata: { namespace, name } }: CustomResource): string {
  return `${kind.toLowerCase()}-${namespace}-${name}`;
}

function makes(resource: CustomResource, around: readonly CustomResource[]): readonly ObjectFacts[] {
  const kind = groupKind(resource);
  return [operators, passing].flatMap((some) => some.get(kind)?.(resource, clusterWith(around)) ?? []);
}

const compared = folders.flatMap((folder) =>
  ["aws", "linode"].flatMap((cloud) => {
    const resources = readResources(join(__dirname, `fixtures/${cloud}.yaml`));
    const recordings = readRecordings(join(folder, cloud));
    const named = recordings.map(({ name, facts }) => ({ file: fileOf(name, resources), facts }));
    return [...new Set(named.map(({ file }) => file))].map((name) => ({
      name,
      resource: resources.find((one) => nameOf(one) === name),
      around: resources,
      recorded: named.filter(({ file }) => file === name).flatMap(({ facts }) => facts),
    }));
  }),
);

const found = compared.flatMap(({ name, resource, around, recorded }) =>
  resource === undefined
    ? [`${name} has no custom resource`]
    : differences(makes(resource, around), recorded).map((difference) => `${name} ${difference}`),
);

test.each(compared)("$name is as the real operator made it", ({ name }) => {
  const unexplained = found.filter(
    (line) => line.startsWith(`${name} `) && !explained.some((pattern) => pattern.test(line)),
  );
  expect(unexplained).toEqual([]);
});

test("every kind of operator was recorded", () => {
  const recorded = new Set(compared.flatMap(({ resource }) => (resource ? [groupKind(resource)] : [])));
  expect([...operators.keys()].filter((kind) => !recorded.has(kind)).toSorted()).toEqual([
    "bitnami.com/SealedSecret",
    "cert-manager.io/Certificate",
    "cert-manager.io/ClusterIssuer",
    "cert-manager.io/Issuer",
    "external-secrets.io/ExternalSecret",
    "kafka.strimzi.io/KafkaUser",
    "rabbitmq.com/User",
  ]);
});

test("every explanation explains something", () => {
  const idle = explained.filter((pattern) => found.every((line) => !pattern.test(line)));
  // What is kept here is too little to need these.
  const elsewhere =
    folders.length > 1 ? [] : idle.filter((pattern) => /analytics|featurestore|initdb/.test(pattern.source));
  expect(idle.filter((pattern) => !elsewhere.includes(pattern))).toEqual([]);
});
