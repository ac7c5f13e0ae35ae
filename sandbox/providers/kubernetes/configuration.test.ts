import { unknown } from "../standin";
import { configurationDifference, configurationFailures, parseConfiguration } from "./configuration";

const kubeconfig = (server: string, context = "main") =>
  JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": context,
    clusters: [{ name: "one", cluster: { server } }],
    users: [{ name: "me", user: { token: "t" } }],
    contexts: [{ name: "main", context: { cluster: "one", user: "me" } }],
  });

test.each([
  [{ renderYamlToDirectory: "x" }, "renderYamlToDirectory", "does not offer"],
  [{ enableServerSideApply: "false" }, "enableServerSideApply", "always uses server-side apply"],
  [{ deleteUnreachable: "perhaps" }, "deleteUnreachable", "true or false"],
  [{ kubeconfig: "/no/such/file" }, "kubeconfig", "no kubeconfig file /no/such/file"],
  [{ kubeconfig: kubeconfig("https://a"), context: "other" }, "kubeconfig", "no context other; it has main"],
])("%j is refused", (inputs, property, reason) => {
  expect(configurationFailures(inputs)).toEqual([{ property, reason: expect.stringContaining(reason) }]);
});

test("settings arrive as JSON, may be unknown in previews, and are off unless on", () => {
  expect(configurationFailures({ kubeconfig: unknown, enableConfigMapMutable: "true" })).toEqual([]);
  const parsed = parseConfiguration({ kubeconfig: kubeconfig("https://a"), enableConfigMapMutable: "true" });
  expect(parsed).toMatchObject({ enableConfigMapMutable: true, enableSecretMutable: false });
});

test("with a cluster identifier, only its change is another cluster", () => {
  const before = { clusterIdentifier: "a", kubeconfig: kubeconfig("https://a") };
  const rotated = { ...before, kubeconfig: kubeconfig("https://b") };
  expect(configurationDifference(before, rotated).differences).toEqual([
    { path: "kubeconfig", kind: "update", replace: false },
  ]);
  const other = { ...before, clusterIdentifier: "b" };
  expect(configurationDifference(before, other).differences).toEqual([
    { path: "clusterIdentifier", kind: "update", replace: true },
  ]);
});

test("without one, another server is another cluster", () => {
  const [before, after] = [{ kubeconfig: kubeconfig("https://a") }, { kubeconfig: kubeconfig("https://b") }];
  expect(configurationDifference(before, after).differences).toMatchObject([{ replace: true }]);
  expect(configurationDifference(before, before).differences).toEqual([]);
});
