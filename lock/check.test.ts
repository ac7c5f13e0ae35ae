import type { Locked } from "../model/charts/lock";
import { Plan } from "../model/plan";
import { check } from "./check";
import { plannedManifests, plannedReleases } from "./planned";

const address = "https://example.com/crds.yaml";

interface Inputs {
  readonly version?: string;
  readonly namespace?: string;
  readonly values?: object;
  readonly repo?: string;
}

function plan({ version = "1.2.3", namespace = "shop", values = { replicas: 2 }, repo }: Inputs = {}): Plan {
  const provider = "pulumi:providers:kubernetes::aws-kubernetes";
  return Plan.of("prod", [
    {
      type: "kubernetes:helm.sh/v3:Release",
      name: "shop-release",
      inputs: {
        name: "shop",
        namespace,
        chart: "shop",
        version,
        repositoryOpts: { repo: repo ?? "https://charts.example.com" },
        values,
      },
      options: { provider },
    },
    {
      type: "kubernetes:yaml/v2:ConfigGroup",
      name: "definitions",
      inputs: { files: [address, "local/crds.yaml"] },
      options: { provider },
    },
    { type: "aws:eks/cluster:Cluster", name: "aws-cluster", inputs: { version: "1.35" }, options: {} },
    {
      type: "kubernetes:monitoring.example.com/v1:Monitor",
      name: "monitor",
      inputs: {},
      options: { provider },
    },
  ]);
}

const [first] = plannedReleases(plan());
const locked: Locked = {
  release: "shop",
  namespace: "shop",
  chart: "shop",
  version: "1.2.3",
  repository: "https://charts.example.com",
  digest: "open",
  values: first?.values ?? "sha256:",
  kubernetes: "1.35",
  objects: [],
  cluster: "aws",
  file: "prod/aws/shop.yaml",
};

function findings(of: Plan, lock: readonly Locked[] = [locked], definitions = [address]) {
  return check({
    planned: plannedReleases(of),
    addresses: plannedManifests(of),
    locked: lock,
    definitions: new Map(definitions.map((one) => [one, "open"])),
  });
}

test("a lock that is the plan's has no faults; its open digests are counted", () => {
  expect(findings(plan())).toEqual({ faults: [], open: 2, releases: 1, manifests: 1 });
});

test("what decides a chart's objects is read from the plan", () => {
  expect(first).toMatchObject({
    cluster: "aws",
    kubernetes: "1.35",
    apiVersions: ["monitoring.example.com/v1", "monitoring.example.com/v1/Monitor"],
  });
});

const refreshIt = "run `npm run lock -- --stack prod --release shop`";

test.each<[string, Inputs, string]>([
  ["version", { version: "1.2.4" }, "version is 1.2.3 in the lock and 1.2.4 in the plan"],
  ["value", { values: { replicas: 3 } }, "the plan's values are others than the lock was made with"],
  [
    "repository",
    { repo: "https://a" },
    "repository is https://charts.example.com in the lock and https://a in the plan",
  ],
  ["namespace", { namespace: "other" }, "namespace is shop in the lock and other in the plan"],
])("one changed %s makes the release stale, and the finding names it", (_, changed, what) => {
  expect(findings(plan(changed)).faults).toEqual([`prod/aws/shop.yaml is stale: ${what}: ${refreshIt}`]);
});

test("what is missing and what is too much is named", () => {
  expect(findings(plan(), []).faults).toEqual([`prod/aws/shop.yaml is missing: ${refreshIt}`]);
  expect(findings(plan(), [locked, { ...locked, file: "prod/aws/old.yaml" }]).faults).toEqual([
    "prod/aws/old.yaml is of no release of the plan: run `npm run lock`, which removes it",
  ]);
  expect(findings(plan(), [locked], ["https://example.com/old.yaml"]).faults).toEqual([
    `definitions.yaml does not have what the plans take; run \`npm run lock\`:\n  ${address}`,
    "definitions.yaml has what no plan takes; run `npm run lock`:\n  https://example.com/old.yaml",
  ]);
});

test("releases of one name on a cluster have files of their own", () => {
  const release = (namespace: string) => ({
    type: "kubernetes:helm.sh/v3:Release",
    name: namespace,
    inputs: { name: "shop", namespace, chart: "shop", version: "1" },
    options: { provider: "pulumi:providers:kubernetes::aws-kubernetes" },
  });
  const files = plannedReleases(Plan.of("prod", [release("b"), release("a")])).map(({ file }) => file);
  expect(files).toEqual(["prod/aws/shop.a.yaml", "prod/aws/shop.b.yaml"]);
});

test("each release is rendered for the Kubernetes of its own cluster, whose name may be the beginning of another's", () => {
  const on = (cluster: string, version: string) => [
    {
      type: "pulumi:providers:kubernetes",
      name: `${cluster}-kubernetes`,
      inputs: {},
      options: { parent: "ai-platform:aws:AwsPlatform::x" },
    },
    { type: "aws:eks/cluster:Cluster", name: `${cluster}-cluster-cluster`, inputs: { version }, options: {} },
    {
      type: "kubernetes:helm.sh/v3:Release",
      name: `${cluster}-shop-release`,
      inputs: { name: "shop", namespace: "shop", chart: "shop", version: "1.2.3" },
      options: { provider: `pulumi:providers:kubernetes::${cluster}-kubernetes` },
    },
  ];
  const releases = plannedReleases(Plan.of("prod", [...on("aws-eu", "1.31"), ...on("aws", "1.32")]));
  expect(releases.map(({ file, kubernetes }) => [file, kubernetes])).toEqual([
    ["prod/aws-eu/shop.yaml", "1.31"],
    ["prod/aws/shop.yaml", "1.32"],
  ]);
});
