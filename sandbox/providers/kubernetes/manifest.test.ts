import { Secret, unknown, type Values } from "../standin";
import {
  automaticName,
  comparable,
  fieldManager,
  identifierOf,
  toManifest,
  toOutputs,
  toPreviewOutputs,
} from "./manifest";

const seed = Uint8Array.from([1, 2, 3]);

test("automatic names follow from the seed, and fit the official pattern", () => {
  expect(automaticName("web", seed)).toMatch(/^web-[0-9a-f]{8}$/);
  expect(automaticName("web", seed)).toBe(automaticName("web", seed));
  expect(automaticName("web", seed)).not.toBe(automaticName("web", Uint8Array.from([4])));
});

test("field managers follow from the URN, unless the object names one", () => {
  const object = { kind: "ConfigMap" };
  expect(fieldManager("urn:a", object)).toMatch(/^pulumi-kubernetes-[0-9a-f]{8}$/);
  expect(fieldManager("urn:a", object)).toBe(fieldManager("urn:a", object));
  expect(fieldManager("urn:a", object)).not.toBe(fieldManager("urn:b", object));
  const named = { metadata: { annotations: { "pulumi.com/patchFieldManager": "me" } } };
  expect(fieldManager("urn:a", named)).toBe("me");
});

test("a Secret's stringData is applied as data", () => {
  const inputs = { apiVersion: "v1", kind: "Secret", data: { a: "YQ==" }, stringData: { b: "b" } };
  expect(toManifest(inputs)).toEqual({ apiVersion: "v1", kind: "Secret", data: { a: "YQ==", b: "Yg==" } });
});

test("inputs with something unknown make no manifest, but can be compared", () => {
  const inputs: Values = { spec: { size: unknown } };
  expect(toManifest(inputs)).toBeUndefined();
  expect(comparable(inputs)).toBe(inputs);
});

test("a Secret's data is secret in state, without kubectl's clear copy", () => {
  const live = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: "s",
      managedFields: [{ manager: "x" }],
      annotations: { "kubectl.kubernetes.io/last-applied-configuration": "clear", other: "kept" },
    },
    data: { password: "cGFzcw==" },
  };
  expect(toOutputs(live)).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s", annotations: { other: "kept" } },
    data: new Secret({ password: "cGFzcw==" }),
  });
});

test("x-kubernetes fields have underscores in Pulumi and dashes in the API", () => {
  const inputs = { spec: { schema: { x_kubernetes_preserve_unknown_fields: true } } };
  const manifest = { spec: { schema: { "x-kubernetes-preserve-unknown-fields": true } } };
  expect(toManifest(inputs)).toEqual(manifest);
  expect(toOutputs(manifest)).toEqual(inputs);
});

test("what the API server decides at creation is unknown in a preview", () => {
  const dryRun = {
    metadata: { name: "web", uid: "u", resourceVersion: "1" },
    spec: { clusterIP: "10.0.0.1", type: "ClusterIP" },
    status: {},
  };
  expect(toPreviewOutputs(dryRun, { metadata: { name: "web" } })).toEqual({
    metadata: { name: "web", uid: unknown, resourceVersion: unknown },
    spec: { clusterIP: unknown, type: "ClusterIP" },
  });
  const headless = { ...dryRun, spec: { clusterIP: "None" } };
  expect(toPreviewOutputs(headless, headless).spec).toEqual({ clusterIP: "None" });
});

test("objects are identified by namespace and name", () => {
  expect(identifierOf({ metadata: { name: "a", namespace: "n" } })).toBe("n/a");
  expect(identifierOf({ metadata: { name: "a" } })).toBe("a");
});
