import { madeOf, resourceOf } from "../../../test/support/operators/made";

test("a sealed Secret has the keys that are sealed and those of its template", () => {
  const spec = {
    encryptedData: { password: "x" },
    template: { type: "kubernetes.io/tls", data: { user: "y" } },
  };
  expect(
    madeOf(resourceOf({ apiVersion: "bitnami.com/v1alpha1", kind: "SealedSecret", spec })),
  ).toMatchObject([
    {
      kind: "Secret",
      name: "it",
      type: "kubernetes.io/tls",
      keys: ["password", "user"],
      owner: "SealedSecret/it",
    },
  ]);
});

const external = (spec: Readonly<Record<string, unknown>>) =>
  madeOf(
    resourceOf({
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      spec: { data: [{ secretKey: "fetched" }], ...spec },
    }),
  );

test("an external Secret has the keys that it fetches, or those of a template that replaces them", () => {
  expect(external({})).toMatchObject([{ name: "it", keys: ["fetched"] }]);
  expect(external({ target: { name: "other", template: { data: { own: "z" } } } })).toMatchObject([
    { name: "other", keys: ["own"] },
  ]);
  const template = { mergePolicy: "Merge", data: { own: "z" } };
  expect(external({ target: { template } })[0]?.keys).toEqual(["fetched", "own"]);
  expect(external({ target: { creationPolicy: "None" } })).toEqual([]);
});
