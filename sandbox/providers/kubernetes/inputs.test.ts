import { unknown, type Values } from "../standin";
import { completeInputs, refusalOf, shapeFailures } from "./inputs";

const resource = { urn: "urn:x", type: "kubernetes:core/v1:ConfigMap", name: "settings" };
const seed = Uint8Array.from([1]);

test("a nameless object gets a name and says that it is automatic", () => {
  expect(completeInputs(resource, undefined, { data: {} }, seed, undefined)).toEqual({
    apiVersion: "v1",
    kind: "ConfigMap",
    data: {},
    metadata: {
      name: expect.stringMatching(/^settings-[0-9a-f]{8}$/),
      annotations: { "pulumi.com/autonamed": "true" },
    },
  });
});

test("an automatic name is kept over updates, whatever the seed", () => {
  const first = completeInputs(resource, undefined, {}, seed, undefined);
  const second = completeInputs(resource, first, { data: { a: "1" } }, Uint8Array.from([2]), undefined);
  expect(second.metadata).toEqual(first.metadata);
});

test("a name that is given, or not known yet, is left alone", () => {
  for (const metadata of [{ name: "mine" }, { name: unknown }] satisfies Values[]) {
    expect(completeInputs(resource, undefined, { metadata }, seed, undefined).metadata).toEqual(metadata);
  }
});

test("the provider's namespace fills in for a missing one", () => {
  const metadata = { name: "a" };
  expect(completeInputs(resource, undefined, { metadata }, seed, "apps").metadata).toEqual({
    name: "a",
    namespace: "apps",
  });
});

test.each([
  ["kubernetes:core/v1:ConfigMapList", "declare each ConfigMap by itself"],
  ["kubernetes:apps/v1:DeploymentPatch", "declare the Deployment itself"],
  ["kubernetes:helm.sh/v4:Chart", "kubernetes.helm.v3.Release"],
  ["kubernetes:yaml/v2:ConfigFile", "apiextensions.CustomResource"],
  ["kubernetes:kustomize/v2:Directory", "apiextensions.CustomResource"],
])("%s is refused with what to use instead", (token, advice) => {
  expect(refusalOf(token)).toContain(advice);
});

test("ordinary types are not refused", () => {
  expect(refusalOf("kubernetes:apps/v1:Deployment")).toBeUndefined();
  expect(refusalOf("kubernetes:example.com/v1:Widget")).toBeUndefined();
});

test("a kind that is not the type's, and generated names, are faults", () => {
  expect(shapeFailures(resource.type, { kind: "Secret", metadata: { generateName: "x-" } })).toEqual([
    { property: "kind", reason: "kind is Secret, but the type says ConfigMap" },
    { property: "metadata.generateName", reason: expect.stringContaining("set metadata.name") },
  ]);
});
