import { formatPath, overlaps, parsePath } from "./property-path";

test.each([
  ["spec.ports[0].port", ["spec", "ports", 0, "port"]],
  ['metadata.labels["app.kubernetes.io/name"]', ["metadata", "labels", "app.kubernetes.io/name"]],
  ['data["a\\"b"]', ["data", 'a"b']],
])("%s is read and written", (text, path) => {
  expect(parsePath(text)).toEqual(path);
  expect(formatPath(path)).toBe(text);
});

test.each([
  ["spec", "spec.template.metadata", true],
  ["spec.template.metadata", "spec", true],
  ["spec.containers[*].image", "spec.containers[3].image", true],
  ["spec.template", "spec.replicas", false],
  ["spec.containers[*].image", "spec.containers[3].name", false],
])("%s and %s overlap: %s", (one, other, expected) => {
  expect(overlaps(parsePath(one), parsePath(other))).toBe(expected);
});
