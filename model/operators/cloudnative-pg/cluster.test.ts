import { madeOf, namesOf, resourceOf } from "../../../test/support/operators/made";
import { deletes } from "..";

const cluster = (spec: Readonly<Record<string, unknown>>) =>
  resourceOf({
    apiVersion: "postgresql.cnpg.io/v1",
    kind: "Cluster",
    spec: { storage: { size: "1Gi" }, ...spec },
  });

const kind = (wanted: string, spec: Readonly<Record<string, unknown>>) =>
  namesOf(madeOf(cluster(spec)).filter((one) => one.kind === wanted));

test("a cluster that says nothing has one instance, a user's Secret and a budget for the primary", () => {
  expect(kind("Pod", {})).toEqual(["Pod/it-1"]);
  expect(kind("PodDisruptionBudget", {})).toEqual(["PodDisruptionBudget/it-primary"]);
  expect(kind("Secret", {})).toEqual([
    "Secret/it-ca",
    "Secret/it-server",
    "Secret/it-replication",
    "Secret/it-app",
  ]);
  expect(kind("PersistentVolumeClaim", {})).toEqual(["PersistentVolumeClaim/it-1"]);
});

test("no budgets where they are off, and those that there are go", () => {
  expect(kind("PodDisruptionBudget", { enablePDB: false, instances: 3 })).toEqual([]);
  expect(namesOf(deletes(cluster({ enablePDB: false, instances: 3 })))).toEqual([
    "PodDisruptionBudget/it",
    "PodDisruptionBudget/it-primary",
    "Secret/it-superuser",
  ]);
});

test("a budget of replicas lets one go, from three instances on", () => {
  const budgets = madeOf(cluster({ instances: 5 })).filter((one) => one.kind === "PodDisruptionBudget");
  expect(budgets.map(({ minAvailable }) => minAvailable)).toEqual([1, 3]);
  expect(kind("PodDisruptionBudget", { instances: 2 })).toEqual(["PodDisruptionBudget/it-primary"]);
});

test("an account of another name is used and not made", () => {
  const made = madeOf(cluster({ serviceAccountName: "other" }));
  expect(namesOf(made)).not.toContain("ServiceAccount/it");
  expect(made.find((one) => one.kind === "RoleBinding")?.subjects).toEqual(["ServiceAccount here/other"]);
  expect(made.find((one) => one.kind === "Pod")?.pod?.serviceAccount).toBe("other");
});

test("a superuser's Secret on demand, and none for an owner whose Secret is given", () => {
  const spec = { enableSuperuserAccess: true, bootstrap: { initdb: { secret: { name: "given" } } } };
  expect(kind("Secret", spec)).toContain("Secret/it-superuser");
  expect(kind("Secret", spec)).not.toContain("Secret/it-app");
});

test("Services that are off are not made", () => {
  const spec = { managed: { services: { disabledDefaultServices: ["ro", "r"] } } };
  expect(kind("Service", spec)).toEqual(["Service/it-rw"]);
});

test("a cluster that is no cluster is refused", () => {
  expect(() => madeOf(cluster({ instances: "three" }))).toThrow(/instances/);
});
