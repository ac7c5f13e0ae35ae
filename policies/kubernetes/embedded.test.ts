import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unknown, type Values } from "../value";
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
