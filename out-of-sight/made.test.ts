import type { ObjectFacts } from "../model/facts/object";
import { factsOfManifest } from "../model/facts/of-manifest";
import { type Manifest, manifest } from "../model/manifest";
import { Model, type ModelObject, type Origin } from "../model/model";
import { Plan } from "../model/plan";
import { namedOf } from "./named";
import { selectedOf } from "./selected";

const chart: Origin = { by: "chart", resource: "redis-release", release: "redis" };

function declared(apiVersion: string, kind: string, name: string, rest: object): Manifest {
  return manifest.parse({ apiVersion, kind, metadata: { name, namespace: "shop" }, ...rest });
}

function placed(facts: ObjectFacts, origin: Origin, whole?: Manifest): ModelObject {
  return { ...facts, cluster: "aws", system: "platform", origin, manifest: whole };
}

function ofProgram(apiVersion: string, kind: string, spec: object): ModelObject {
  const whole = declared(apiVersion, kind, "own", { spec });
  return placed(factsOfManifest(whole), { by: "program", resource: "own" }, whole);
}

function ofChart(facts: ObjectFacts): ModelObject {
  return placed({ namespace: "shop", ...facts }, chart);
}

const pod = (name: string, labels: Record<string, string>, namespace = "shop") =>
  ofChart({ kind: "StatefulSet", name, namespace, pod: { labels, containers: [] } });

const selected = (...objects: readonly ModelObject[]) => selectedOf(new Model("dev", objects));

const budget = ofProgram("policy/v1", "PodDisruptionBudget", { selector: { matchLabels: { app: "redis" } } });

describe("labels", () => {
  test("a pod that is selected is listed once, with the labels that selectors ask for", () => {
    const version = (number: string) => ({
      app: "redis",
      role: "leader",
      "helm.sh/chart": `redis-${number}`,
    });
    const policy = ofProgram("networking.k8s.io/v1", "NetworkPolicy", {
      podSelector: { matchExpressions: [{ key: "role", operator: "Exists" }] },
    });
    expect(selected(budget, policy, pod("one", version("1")), pod("two", version("2")))).toEqual([
      { namespace: "shop", pods: ["app=redis,role=leader"] },
    ]);
  });

  test("pods that nothing selects, of other namespaces, and the program's own are not listed", () => {
    const own = ofProgram("apps/v1", "Deployment", {
      template: { metadata: { labels: { app: "redis" } }, spec: { containers: [] } },
    });
    expect(
      selected(budget, own, pod("other", { app: "kafka" }), pod("far", { app: "redis" }, "cache")),
    ).toEqual([]);
  });

  test("a selector of everything selects nothing that has to be known", () => {
    const deny = ofProgram("networking.k8s.io/v1", "NetworkPolicy", { podSelector: {} });
    expect(selected(deny, pod("redis", { app: "redis" }))).toEqual([]);
  });

  test("a ServiceMonitor selects Services, in the namespaces that it names", () => {
    const service = (namespace: string) =>
      ofChart({ kind: "Service", name: "redis", namespace, labels: { app: "redis" } });
    const selector = { matchLabels: { app: "redis" } };
    const monitor = (namespaceSelector?: object) =>
      ofProgram("monitoring.coreos.com/v1", "ServiceMonitor", { selector, namespaceSelector });
    const services = [service("shop"), service("cache")];
    const found = (one: ModelObject) => selected(one, ...services).map(({ namespace }) => namespace);
    expect(found(monitor())).toEqual(["shop"]);
    expect(found(monitor({ matchNames: ["cache"] }))).toEqual(["cache"]);
    expect(found(monitor({ any: true }))).toEqual(["cache", "shop"]);
    expect(selected(monitor(), ...services)).toEqual([{ namespace: "shop", services: ["app=redis"] }]);
  });
});

describe("names", () => {
  const plan = Plan.of("dev", [
    {
      type: "kubernetes:core/v1:Pod",
      name: "web",
      inputs: {
        metadata: { name: "web", namespace: "shop" },
        spec: {
          priorityClassName: "data-store",
          containers: [
            {
              name: "web",
              env: [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name: "redis", key: "password" } } }],
            },
          ],
        },
      },
      options: { provider: "pulumi:providers:kubernetes::aws-kubernetes" },
    },
  ]);
  const secret = (namespace: string): ObjectFacts => ({
    kind: "Secret",
    name: "redis",
    namespace,
    keys: ["password"],
  });
  const named = (...objects: readonly ModelObject[]) => namedOf(plan, new Model("dev", objects));

  test("an object that is referred to is listed, with what may be asked of it", () => {
    expect(named(ofChart(secret("shop")), ofChart(secret("cache")))).toEqual([
      { kind: "Secret", namespace: "shop", name: "redis", keys: ["password"] },
    ]);
  });

  test("so is an object of the whole cluster", () => {
    const { namespace: _, ...priority } = ofChart({ kind: "PriorityClass", name: "data-store" });
    expect(named(priority)).toEqual([{ kind: "PriorityClass", name: "data-store" }]);
  });

  test("what the program makes, and what is on another cluster, is not listed", () => {
    expect(
      named(placed(secret("shop"), { by: "program", resource: "own" }), {
        ...ofChart(secret("shop")),
        cluster: "linode",
      }),
    ).toEqual([]);
  });
});
