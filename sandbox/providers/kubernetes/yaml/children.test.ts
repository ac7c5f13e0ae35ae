import { Secret } from "../../standin";
import { childrenOf } from "./children";

const plain = { prefix: "operator", skipAwait: false };
const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "system" } };
const definition = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: "widgets.example.com" },
  spec: { group: "example.com", names: { kind: "Widget", plural: "widgets" } },
};
const widget = {
  apiVersion: "example.com/v1",
  kind: "Widget",
  metadata: { name: "one", namespace: "system" },
};
const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "manager", namespace: "system" },
};
const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "all" } };

test("types and names are those of the official provider", () => {
  const named = childrenOf([namespace, deployment, role, widget], plain).map(({ type, name }) => [
    type,
    name,
  ]);
  expect(named).toEqual([
    ["kubernetes:core/v1:Namespace", "operator:system"],
    ["kubernetes:apps/v1:Deployment", "operator:system/manager"],
    ["kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "operator:all"],
    ["kubernetes:example.com/v1:Widget", "operator:system/one"],
  ]);
  expect(childrenOf([widget], { ...plain, prefix: "" })[0]?.name).toBe("system/one");
});

test("namespaces and definitions come first, and only their own objects wait for them", () => {
  const elsewhere = { ...deployment, metadata: { name: "other", namespace: "default" } };
  const children = childrenOf([widget, deployment, elsewhere, role, definition, namespace], plain);
  expect(children.map(({ name, after }) => [name, after])).toEqual([
    ["operator:widgets.example.com", []],
    ["operator:system", []],
    ["operator:system/one", [0, 1]],
    ["operator:system/manager", [1]],
    ["operator:default/other", []],
    ["operator:all", []],
  ]);
});

test("an order that the manifest asks for is refused, not ignored", () => {
  const annotations = { "config.kubernetes.io/depends-on": "/Namespace/system" };
  const asking = { ...role, metadata: { name: "all", annotations } };
  expect(() => childrenOf([asking], plain)).toThrow(
    "ClusterRole all has the annotation config.kubernetes.io/depends-on, which",
  );
});

test("not to be waited for is an annotation of each child, beside its own", () => {
  const annotated = { ...deployment, metadata: { ...deployment.metadata, annotations: { team: "data" } } };
  expect(childrenOf([annotated], { ...plain, skipAwait: true })[0]?.inputs).toMatchObject({
    metadata: { annotations: { team: "data", "pulumi.com/skipAwait": "true" } },
  });
});

test("a Secret's content is secret, and nothing of other kinds", () => {
  const secret = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "key" },
    data: { a: "eA==" },
    type: "Opaque",
  };
  const settings = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "key" }, data: { a: "x" } };
  const [sealed, open] = childrenOf([secret, settings], plain);
  expect(sealed?.inputs).toEqual({ ...secret, data: new Secret({ a: "eA==" }) });
  expect(open?.inputs).toEqual(settings);
});
