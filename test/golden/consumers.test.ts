import { declaredBundles, systems } from "../../apps/registry";
import { declaredNamespaces } from "../../infra/cluster/namespaces";
import { platformWorkloads } from "../../infra/config/workloads";
import { recoveryConsumers } from "../../infra/recovery/accounts";
import { modelOf } from "../../model/expand";
import type { Workload } from "../../model/model";
import { readPlan } from "../../model/read-plan";
import { secretsOf } from "../../proofs/rotation/readers";
import { stacks } from "./plan";

/** What bundles call the pods of charts and operators, by the beginning of their own names. */
const called: readonly (readonly [prefix: string, name: string])[] = [
  ["argocd-redis", "argocd-redis"],
  ["mlflow", "mlflow"],
];

/** What bundles call the stores that operators make, by the custom resource's kind. */
const stores: Readonly<Record<string, string>> = {
  RedisCluster: "redis",
  RedisReplication: "redis",
  RedisSentinel: "redis",
  Cluster: "postgresql",
  Database: "postgresql",
  User: "rabbitmq",
  KafkaUser: "kafka",
  Elasticsearch: "elasticsearch",
  MongoDBCommunity: "mongodb",
  Alertmanager: "alertmanager",
};

const plans = stacks.map((stack) => readPlan(stack));
const models = plans.map((plan) => modelOf(plan));

/** The actual readers of a Secret, by their names in bundles, in any of the stacks. */
function readersOf(secret: string): readonly string[] {
  const byPods = models.flatMap(({ workloads }) =>
    workloads
      .filter((workload) => secretsOf(workload).includes(secret) || pullsWith(workload, secret))
      .map(nameOf),
  );
  const byOperators = plans.flatMap(({ resources }) =>
    resources.flatMap(({ inputs }) => {
      const store = stores[String(Object(inputs).kind)];
      return store !== undefined && names(inputs, secret) ? [store] : [];
    }),
  );
  // Custom resources that charts make, of which the lock keeps what operators read.
  const byCharts = models.flatMap(({ objects }) =>
    objects.flatMap(({ kind, spec }) => {
      const store = stores[kind];
      return store !== undefined && names(spec, secret) ? [store] : [];
    }),
  );
  return [...new Set([...byPods, ...byCharts, ...byOperators])].sort();
}

/** A system's jobs that back up and check its stores are one to bundles. */
function nameOfRecovery({ name, namespace }: Workload): string | undefined {
  const [, kind] = /^(?:hourly|daily|weekly)-(backup|restore-check)-/.exec(name) ?? [];
  if (kind === undefined) return undefined;
  const owner = declaredNamespaces(systems).find((declared) => declared.name === namespace)?.owner;
  return `${owner}-${kind}`;
}

function nameOf(workload: Workload): string {
  const { name, owner, pod } = workload;
  const store = stores[owner?.split("/")[0] ?? ""];
  if (store !== undefined) return store;
  const [, ofChart] = called.find(([prefix]) => name.startsWith(prefix)) ?? [];
  if (ofChart !== undefined) return ofChart;
  const recovery = nameOfRecovery(workload);
  if (recovery !== undefined) return recovery;
  const own = known.find((one) => one === name || one === pod.serviceAccount);
  return own ?? name;
}

/** What bundles may name. */
const known: readonly string[] = [
  ...systems.flatMap(({ workloads }) => Object.keys(workloads)),
  ...platformWorkloads,
];

/** Whether nodes pull the pods' images with the Secret. */
function pullsWith({ manifest }: Workload, secret: string): boolean {
  return names(pullSecretsIn(manifest), secret);
}

function pullSecretsIn(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).map(([key, inner]) =>
    key === "imagePullSecrets" ? inner : pullSecretsIn(inner),
  );
}

/** Whether a value names something in one of its texts, exactly. */
function names(value: unknown, text: string): boolean {
  if (typeof value === "string") return value === text;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((inner) => names(inner, text));
}

/** The readers of a Secret that are workloads of systems. */
function systemsReaders(secret: string): readonly string[] {
  const ofSystems = systems.flatMap((system) => [
    ...Object.keys(system.workloads),
    ...recoveryConsumers(system),
  ]);
  return readersOf(secret).filter((reader) => ofSystems.includes(reader));
}

/** A bundle may hold what goes into another Secret alone, such as one that a chart makes: that one's readers are not its own. */
function isSecret(name: string): boolean {
  return models.some((model) => model.of("Secret").some((secret) => secret.name === name));
}

/** Who reads a Secret where the cloud runs the database alone, which no reviewed stack has. */
const ofManaged: Readonly<Record<string, readonly string[]>> = {
  "user-organization-database": ["aiaas-backup"],
};

const bundles = declaredBundles().filter(({ name }) => isSecret(name));

test.each(bundles.map(({ name, consumers }) => ({ name, consumers })))(
  "$name is read by those who are said to read it, and by no other",
  ({ name, consumers }) => {
    if (consumers === "systems") expect(systemsReaders(name)).toEqual(readersOf(name));
    else {
      const here = consumers.filter((one) => !ofManaged[name]?.includes(one));
      expect(here.sort()).toEqual(readersOf(name));
    }
  },
);

test("hardly any bundle is without a Secret of its own", () => {
  expect(
    declaredBundles()
      .filter(({ name }) => !isSecret(name))
      .map(({ name }) => name),
  ).toEqual(["registry-credentials", "velero-encryption"]);
});
