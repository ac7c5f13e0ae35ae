import { objectsIn, parseManifest } from "./documents";

const settings = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" } };
const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "web" } };

test("documents are objects; empty ones are left out", () => {
  const text = `# release
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
---
# nothing here
---
{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web"}}
`;
  expect(parseManifest(text, "operator.yaml")).toEqual([settings, account]);
});

test("lists are taken apart, also lists of lists", () => {
  const inner = { apiVersion: "v1", kind: "List", items: [account] };
  const list = { apiVersion: "v1", kind: "List", items: [settings, inner] };
  expect(objectsIn(list, "objs[0]")).toEqual([settings, account]);
});

test("scalars mean what they mean to Kubernetes", () => {
  const text = `${JSON.stringify(settings).slice(0, -1)},
  mode: 0440, enabled: yes, at: 12:30, day: 2024-01-31, ports: "0440"}`;
  expect(parseManifest(text, "operator.yaml")).toEqual([
    { ...settings, mode: 0o440, enabled: true, at: "12:30", day: "2024-01-31", ports: "0440" },
  ]);
});

test("of a key that is there twice the last one counts", () => {
  const text = `${JSON.stringify(settings).slice(0, -1)}, data: {a: "1"}, data: {a: "2"}}`;
  expect(parseManifest(text, "operator.yaml")).toEqual([{ ...settings, data: { a: "2" } }]);
});

test.each([
  ["a: [1", "operator.yaml is not YAML: "],
  ["", "operator.yaml holds no Kubernetes object"],
  ["---\n# only a comment\n---\n", "operator.yaml holds no Kubernetes object"],
  ["<html>sign in</html>", 'operator.yaml, document 1 is no Kubernetes object but "<html>sign in</html>"'],
  ["- a\n- b", "operator.yaml, document 1 is no Kubernetes object but a list"],
  ["apiVersion: v1\nmetadata: {name: a}", "operator.yaml, document 1: kind is missing in"],
  ["kind: ConfigMap\nmetadata: {name: a}", "operator.yaml, document 1: apiVersion is missing in"],
  ["kind: List\napiVersion: v1\nitems: [{kind: A, apiVersion: v1}]", "document 1, items[0]: metadata.name"],
])("a manifest that is none is refused with the place of the fault: %j", (text, message) => {
  expect(() => parseManifest(text, "operator.yaml")).toThrow(message);
});
