import { collectionPath, nearMisses, objectPath, typesOf } from "./served-types";

const deployment = { apiVersion: "apps/v1", kind: "Deployment", plural: "deployments", namespaced: true };
const namespace = { apiVersion: "v1", kind: "Namespace", plural: "namespaces", namespaced: false };

test("paths follow group and scope", () => {
  expect(collectionPath(deployment)).toBe("/apis/apps/v1/deployments");
  expect(objectPath(deployment, "shop", "web")).toBe("/apis/apps/v1/namespaces/shop/deployments/web");
  expect(objectPath(namespace, "shop", "web")).toBe("/api/v1/namespaces/web");
});

test("near misses are the same kind elsewhere and nearly the same names", () => {
  const types = [deployment, namespace, { ...deployment, kind: "StatefulSet" }];
  expect(nearMisses(types, "apps/v1", "Deploymnt")).toEqual(["apps/v1 Deployment"]);
  expect(nearMisses(types, "extensions/v1beta1", "Deployment")).toEqual(["apps/v1 Deployment"]);
  expect(nearMisses(types, "v1", "Elephant")).toEqual([]);
});

test("a definition brings a type for each served version", () => {
  const definition = {
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { kind: "Widget", plural: "widgets" },
      versions: [
        { name: "v1", served: true },
        { name: "v1alpha1", served: false },
      ],
    },
  };
  expect(typesOf(definition)).toEqual([
    { apiVersion: "example.com/v1", kind: "Widget", plural: "widgets", namespaced: true },
  ]);
});
