import { modelOf, withPassing } from "../../model/expand";
import { labels } from "../../model/facts/object";
import { at, listAt, textAt } from "../../model/facts/read";
import type { ModelObject, Workload } from "../../model/model";
import { readPlan } from "../../model/read-plan";
import { reviewedStacks } from "../../model/reviewed";
import { selectsLabels } from "../../primitives/labels";

/** Ports that are open, and that no container behind them declares: the software listens there all the same. */
const undeclared: Readonly<Record<string, string>> = {
  "ai-middleware-mongodb 27017": "the MongoDB operator declares no ports",
  "ai-middleware-mongodb 9216": "the MongoDB operator declares no ports; its agent answers Prometheus there",
  "harbor-core 8001": "Harbor's chart declares no port for metrics",
  "harbor-database 5432": "Harbor's chart declares no port of its database",
  "harbor-jobservice 8001": "Harbor's chart declares no port for metrics",
  "harbor-redis 6379": "Harbor's chart declares no port of its Redis",
  "market-data-redis-leader 16379": "redis-operator declares the exporter's port alone; Redis' bus",
  "market-data-redis-leader 6379": "redis-operator declares the exporter's port alone",
  "otel-collector 4319": "a receiver of the collector's configuration, which its Service alone names",
  "rabbitmq-server 25672": "the cluster operator declares no port for the traffic between nodes",
  "redis 6379": "redis-operator declares the exporter's port alone",
  "redis-leader 16379": "redis-operator declares the exporter's port alone; Redis' bus",
  "redis-leader 6379": "redis-operator declares the exporter's port alone",
  "redis-sentinel 26379": "redis-operator declares the exporter's port alone",
};

/** Pods that policies name and no model has. */
const elsewhere: Readonly<Record<string, string>> = {
  "acme.cert-manager.io/http01-solver=true in staging":
    "production has the issuer that answers challenges on the shared cluster",
  "app=api-router in development": "no stack brings that environment up on the shared cluster",
  "app=hasura in atlas-ai-dev": "Hasura is not the program's",
  "app=hasura in atlas-ai-production": "Hasura is not the program's",
  "app=hasura in atlas-ai-staging": "Hasura is not the program's",
  "k8s-app=kube-dns in kube-system": "clouds bring the DNS of their clusters",
};

/** The mesh's own port: its node proxy takes over what arrives there, and no container. */
const meshPort = 15_008;

const objects = reviewedStacks().flatMap((stack) => withPassing(modelOf(readPlan(stack))).objects);
const workloads = objects.filter((object): object is Workload => object.pod !== undefined);

/** Pods that a policy of the program names, and the ports that it opens to them. */
interface Opening {
  readonly wanted: string;
  readonly pods: readonly Workload[];
  readonly ports: readonly unknown[];
}

function openingsOf(policy: ModelObject): readonly Opening[] {
  const { namespace = "" } = policy;
  const named = (selector: unknown, at: string, ports: readonly unknown[]): Opening => ({
    wanted: `${textOf(selector)} in ${at}`,
    pods: workloads.filter(
      (one) =>
        one.cluster === policy.cluster &&
        one.namespace === at &&
        selectsLabels({ matchLabels: labelsOf(selector) }, one.pod.labels),
    ),
    ports,
  });
  const rules = (direction: "ingress" | "egress", peers: "from" | "to") =>
    listAt(policy.manifest, "spec", direction).flatMap((rule) => {
      const ports = listAt(rule, "ports").map((port) => at(port, "port"));
      const found = listAt(rule, peers).flatMap((peer) => {
        const where = textAt(peer, "namespaceSelector", "matchLabels", "kubernetes.io/metadata.name");
        const selector = at(peer, "podSelector");
        const isOne =
          selector !== undefined && (where !== undefined || at(peer, "namespaceSelector") === undefined);
        return isOne ? [named(selector, where ?? namespace, direction === "egress" ? ports : [])] : [];
      });
      const own = at(policy.manifest, "spec", "podSelector");
      return [...found, ...(direction === "ingress" ? [named(own, namespace, ports)] : [])];
    });
  return [...rules("ingress", "from"), ...rules("egress", "to")].filter(
    ({ wanted }) => !wanted.startsWith(" "),
  );
}

function labelsOf(selector: unknown): Readonly<Record<string, string>> {
  return labels.parse(at(selector, "matchLabels") ?? {});
}

function textOf(selector: unknown): string {
  return Object.entries(labelsOf(selector))
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}

function declares({ pod }: Workload, wanted: unknown): boolean {
  return pod.containers.some(({ ports = [] }) =>
    ports.some(({ name, port }) => port === wanted || name === wanted),
  );
}

const openings = objects
  .filter(({ kind, origin }) => kind === "NetworkPolicy" && origin.by === "program")
  .flatMap(openingsOf);

test("policies name pods that there are, by the labels that charts and operators give them", () => {
  const missing = new Set(openings.filter(({ pods }) => pods.length === 0).map(({ wanted }) => wanted));
  expect([...missing].sort()).toEqual(Object.keys(elsewhere).sort());
});

test("policies open ports that the pods behind them declare, but for those that are known to be silent", () => {
  const silent = openings.flatMap(({ pods, ports }) => {
    const [first] = pods;
    return first === undefined
      ? []
      : ports
          .filter(
            (port) => port !== meshPort && port !== undefined && !pods.some((pod) => declares(pod, port)),
          )
          .map((port) => `${first.name} ${port}`);
  });
  expect([...new Set(silent)].sort()).toEqual(Object.keys(undeclared).sort());
});

test("pods that spread do so from others of their own", () => {
  const strangers = workloads.filter(({ pod }) =>
    (pod.spread ?? []).some((one) => one.labels && !selectsLabels({ matchLabels: one.labels }, pod.labels)),
  );
  expect(strangers.map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`)).toEqual([]);
});
