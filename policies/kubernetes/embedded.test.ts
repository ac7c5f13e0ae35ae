import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, unknown, type Values } from "../value";
import { embeddedIn, mayEmbed } from "./embedded";

const folder = mkdtempSync(join(tmpdir(), "manifests-"));

beforeAll(() => {
  mkdirSync(join(folder, "base"));
  writeFileSync(
    join(folder, "pod.yaml"),
    "apiVersion: v1\nkind: Pod\nmetadata: {name: one}\n---\nkind: List\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: two}}]\n",
  );
  writeFileSync(join(folder, "kustomization.yaml"), "resources: [base, pod.yaml]\n");
  writeFileSync(
    join(folder, "base", "role.yml"),
    "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: three}\n",
  );
});

const overlay = mkdtempSync(join(tmpdir(), "overlay-"));

beforeAll(() => {
  const patches = [
    {
      target: { kind: "Deployment", name: "web" },
      patch: "- {op: add, path: /spec/template/spec/hostNetwork, value: true}",
    },
    { patch: "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {parallelism: 2}\n" },
    { target: { group: "argoproj.io", version: "v1alpha1", kind: "Rollout" }, path: "patch.yaml" },
  ];
  const kustomization = {
    resources: [folder, "https://example.com/base"],
    components: ["."],
    patches,
    configMapGenerator: [
      { name: "settings", literals: ["level=debug", "url=a=b"], files: ["app.ini=patch.yaml"] },
    ],
  };
  writeFileSync(join(overlay, "kustomization.yaml"), JSON.stringify(kustomization));
  writeFileSync(
    join(overlay, "patch.yaml"),
    "[{op: replace, path: /spec/template/spec/containers/0/image, value: x}]",
  );
  writeFileSync(join(overlay, "not-named.yaml"), "apiVersion: v1\nkind: Pod\nmetadata: {name: four}\n");
});

afterAll(() => rmSync(overlay, { recursive: true, force: true }));

test("a kustomization holds what it names, its patches and the ConfigMaps that it makes", () => {
  const type = "kubernetes:kustomize/v2:Directory";
  const resource = { urn: "urn", name: "group", type, protect: false, dependencies: {} };
  const found = embeddedIn({ ...resource, properties: { directory: overlay } });
  const settings = found.find(({ name }) => name === "settings");
  const patches = found.filter((one) => one.type.endsWith("Patch"));
  expect(found.map((one) => `${one.type} ${one.name}`).sort()).toEqual(
    [
      one,
      two,
      three,
      "kubernetes:core/v1:ConfigMap settings",
      "kubernetes:apps/v1:DeploymentPatch web",
      "kubernetes:batch/v1:JobPatch once",
      "kubernetes:argoproj.io/v1alpha1:RolloutPatch ",
    ].sort(),
  );
  expect(at(settings?.properties, "data")).toMatchObject({
    level: "debug",
    url: "a=b",
    "app.ini": expect.stringContaining("replace"),
  });
  expect(patches.map(({ properties }) => at(properties, "spec", "template", "spec"))).toEqual([
    { hostNetwork: true },
    undefined,
    { containers: [{ image: "x" }] },
  ]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function held(type: string, properties: Values): readonly string[] {
  const resource = { urn: "urn", name: "group", type, properties, protect: false, dependencies: {} };
  return embeddedIn(resource).map((one) => `${one.type} ${one.name}`);
}

const one = "kubernetes:core/v1:Pod one";
const two = "kubernetes:core/v1:Pod two";
const three = "kubernetes:rbac.authorization.k8s.io/v1:Role three";

test.each<readonly [string, Values, readonly string[]]>([
  ["kubernetes:kustomize/v2:Directory", { directory: folder }, [three, one, two]],
  ["kubernetes:yaml/v2:ConfigGroup", { files: [join(folder, "*.yaml")] }, [one, two]],
  ["kubernetes:yaml:ConfigFile", { file: join(folder, "base/role.yml") }, [three]],
  [
    "kubernetes:yaml:ConfigGroup",
    { objs: [{ kind: "List", items: [{ apiVersion: "v1", kind: "Pod", metadata: { name: "one" } }] }] },
    [one],
  ],
  ["kubernetes:yaml:ConfigGroup", { files: unknown, yaml: unknown, objs: unknown }, []],
  [
    "kubernetes:yaml:ConfigGroup",
    { files: ["https://example.com/x.yaml", "/nowhere/*.yaml", "/nowhere.yaml"] },
    [],
  ],
  [
    "kubernetes:core/v1:PodList",
    { items: [{ apiVersion: "v1", kind: "Pod", metadata: { name: "one" } }, unknown] },
    [one],
  ],
  ["kubernetes:core/v1:PodList", { items: [{ metadata: { name: "one" } }] }, [one]],
  [
    "kubernetes:rbac.authorization.k8s.io/v1:RoleList",
    {
      items: [{ metadata: { name: "three" } }, { apiVersion: "v1", kind: "Pod", metadata: { name: "two" } }],
    },
    [three, two],
  ],
  ["kubernetes:core/v1:Pod", { items: [{ apiVersion: "v1", kind: "Pod" }] }, []],
])("%s with %j holds %j", (type, properties, objects) => {
  expect([...held(type, properties)].sort()).toEqual([...objects].sort());
});

test("only what may hold objects is asked for them", () => {
  expect(
    ["kubernetes:core/v1:ConfigMap", "kubernetes:helm.sh/v3:Release", "aws:s3/bucket:Bucket"].filter(
      mayEmbed,
    ),
  ).toEqual([]);
});
