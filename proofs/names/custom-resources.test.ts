import { factsOfManifest } from "../../model/facts/of-manifest";
import { type Manifest, manifest } from "../../model/manifest";
import { Model } from "../../model/model";
import { customResourcesFindTheirs } from "./custom-resources";

const namespace = "shop";

/** What is wrong with objects of one cluster, as they are: no operator reads them. */
function faults(...manifests: readonly Manifest[]): readonly string[] {
  const objects = manifests.map((one) => ({
    ...factsOfManifest(one),
    cluster: "aws",
    system: "platform",
    origin: { by: "cluster" } as const,
    manifest: one,
  }));
  return customResourcesFindTheirs({ model: new Model("test", objects) }).faults.map(({ rule }) => rule);
}

const named = (apiVersion: string, kind: string, name: string, rest: object = {}): Manifest =>
  manifest.parse({ apiVersion, kind, metadata: { name, namespace }, ...rest });

const cnpg = "postgresql.cnpg.io/v1";
const rabbit = "rabbitmq.com/v1beta1";
const own = (apiVersion: string, kind: string, spec: object, labels: object = {}): Manifest =>
  manifest.parse({ apiVersion, kind, metadata: { name: "own", namespace, labels }, spec });

const targets: readonly Manifest[] = [
  named(cnpg, "ImageCatalog", "there"),
  named("barmancloud.cnpg.io/v1", "ObjectStore", "there"),
  named(rabbit, "RabbitmqCluster", "there", { spec: {} }),
  named("kafka.strimzi.io/v1", "Kafka", "there", { spec: { kafka: {} } }),
  named("cert-manager.io/v1", "Issuer", "there"),
  named("external-secrets.io/v1", "SecretStore", "there"),
  named("external-secrets.io/v1", "ClusterSecretStore", "wide"),
  named("v1", "Secret", "there", { stringData: { "access-key": "[secret]" } }),
];

test.each<readonly [string, (name: string) => Manifest, string]>([
  [
    "catalogue",
    (name) => own(cnpg, "Cluster", { imageCatalogRef: { kind: "ImageCatalog", name } }),
    "ImageCatalog",
  ],
  [
    "archive",
    (name) => own(cnpg, "Cluster", { plugins: [{ parameters: { barmanObjectName: name } }] }),
    "ObjectStore",
  ],
  [
    "initial password",
    (name) => own(cnpg, "Cluster", { bootstrap: { initdb: { secret: { name } } } }),
    "Secret",
  ],
  ["queue", (name) => own(rabbit, "Queue", { rabbitmqClusterReference: { name } }), "RabbitmqCluster"],
  ["topic", (name) => own("kafka.strimzi.io/v1", "KafkaTopic", {}, { "strimzi.io/cluster": name }), "Kafka"],
  ["issuer", (name) => own("cert-manager.io/v1", "Certificate", { issuerRef: { name } }), "Issuer"],
  [
    "store of secrets",
    (name) => own("external-secrets.io/v1", "ExternalSecret", { secretStoreRef: { name } }),
    "SecretStore",
  ],
])("a custom resource names its %s", (_, made, kind) => {
  const needed = targets.filter((one) => one.kind === kind);
  expect(faults(...needed, made("there"))).toEqual([]);
  expect(faults(...needed, made("gone"))).toEqual([`it names the ${kind} gone, which nothing makes`]);
});

test("the key of a Secret is one that it has", () => {
  const store = (key: string) =>
    own("barmancloud.cnpg.io/v1", "ObjectStore", {
      configuration: { s3Credentials: { accessKeyId: { name: "there", key } } },
    });
  expect(faults(...targets, store("access-key"))).toEqual([]);
  expect(faults(...targets, store("key"))).toEqual([
    "it reads the key key of the Secret there, which has access-key",
  ]);
});

test("what has no namespace is looked for in the cluster, and on a cluster without any is another stack's", () => {
  const reads = (name: string) =>
    own("external-secrets.io/v1", "ExternalSecret", { secretStoreRef: { kind: "ClusterSecretStore", name } });
  expect(faults(...targets, reads("wide"))).toEqual([]);
  expect(faults(...targets, reads("gone"))).toHaveLength(1);
  expect(faults(reads("gone"))).toEqual([]);
});
