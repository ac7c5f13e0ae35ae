import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachePaths } from "../../cli/cache";
import { findOnPath } from "../../toolchain/installed";
import { nonRoot } from "../kubernetes/non-root";
import { serviceExposure } from "../kubernetes/service-exposure";
import { violations } from "../testing/harness";
import { release } from "../testing/samples";
import { unknown, type Values } from "../value";
import { chartOnDisk } from "./charts";
import { render } from "./render";
import { helmRendered } from "./rendered";

const folder = mkdtempSync(join(tmpdir(), "charts-"));
const inChart = (...parts: readonly string[]): string => join(folder, "shop", ...parts);

function write(file: string, text: string): void {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(() => {
  write(inChart("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.2.3\n");
  write(inChart("values.yaml"), "replicas: 1\nsecurityContext: {}\n");
  write(
    inChart("templates", "web.yaml"),
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-web
  namespace: {{ .Release.Namespace }}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.0.0
          securityContext: {{ toJson .Values.securityContext }}
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata:
      name: web
    spec:
      type: {{ required "replicas and a service are needed" .Values.service }}
`,
  );
  write(
    inChart("templates", "tests", "test.yaml"),
    "kind: Pod\nmetadata:\n  name: test\n  annotations:\n    helm.sh/hook: test\n",
  );
  write(join(folder, "cart-v2.0.0.tgz"), "");
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["by its path", { chart: "shop", version: undefined, isRemote: false }, "", inChart()],
  ["in the folder, by its version", { chart: "shop", version: "v1.2.3", isRemote: true }, folder, inChart()],
  [
    "in the folder, by an address",
    { chart: "oci://registry.example.com/charts/shop", version: "1.2.3", isRemote: false },
    folder,
    inChart(),
  ],
  [
    "in a folder beside the program's files",
    { chart: "shop", version: "1.2.3", isRemote: true },
    ".",
    inChart(),
  ],
  [
    "as an archive",
    { chart: "cart", version: "2.0.0", isRemote: true },
    folder,
    join(folder, "cart-v2.0.0.tgz"),
  ],
  ["nowhere in another version", { chart: "shop", version: "1.2.4", isRemote: true }, folder, undefined],
  [
    "nowhere as the archive of another version",
    { chart: "cart", version: "2.0.1", isRemote: true },
    folder,
    undefined,
  ],
  [
    "nowhere under a name that is not there",
    { chart: "shopping", version: "1.2.3", isRemote: true },
    folder,
    undefined,
  ],
  [
    "nowhere without a folder, when it is to come from a repository",
    { chart: "shop", version: "1.2.3", isRemote: true },
    "",
    undefined,
  ],
  [
    "nowhere in a folder that is not there",
    { chart: "shop", version: "1.2.3", isRemote: true },
    join(folder, "none"),
    undefined,
  ],
])("a chart is found %s", (_, reference, charts, expected) => {
  expect(chartOnDisk(reference, charts, folder)).toBe(expected);
});

const properties: Values = {
  chart: "shop",
  version: "1.2.3",
  name: "demo",
  namespace: "demos",
  repositoryOpts: { repo: "https://charts.example.com" },
  values: { replicas: 2, service: "LoadBalancer" },
};

describe("with a stand-in for Helm", () => {
  const told = join(folder, "told.json");

  /** A command that notes what it is asked, and answers. */
  function standIn(output: string, code = 0): string {
    const command = join(folder, "helm");
    const script = `#!${process.execPath}
const { readFileSync, writeFileSync } = require("node:fs");
writeFileSync(${JSON.stringify(told)}, JSON.stringify({ args: process.argv.slice(2), values: readFileSync(0, "utf8") }));
process.${code === 0 ? "stdout" : "stderr"}.write(${JSON.stringify(output)});
process.exitCode = ${code};
`;
    writeFileSync(command, script, { mode: 0o755 });
    return command;
  }

  beforeEach(() => rmSync(told, { force: true }));

  test("a release is rendered with its values, in its namespace, without tests", () => {
    const manifest = "kind: Service\n---\n# nothing\n---\nkind: List\nitems:\n  - kind: Pod\n";
    expect(render(properties, folder, standIn(manifest))).toEqual({
      objects: [{ kind: "Service" }, { kind: "Pod" }],
    });
    const { args, values } = JSON.parse(readFileSync(told, "utf8"));
    expect(args).toEqual([
      "template",
      "demo",
      inChart(),
      "--namespace",
      "demos",
      "--skip-tests",
      "--values",
      "-",
    ]);
    expect(JSON.parse(values)).toEqual(properties.values);
  });

  test("what Helm refuses is said in its words", () => {
    const words =
      "WARNING: old\nError: execution error at (shop/templates/web.yaml:22): a service is needed\n";
    expect(render(properties, folder, standIn(words, 1))).toEqual({
      fault: "execution error at (shop/templates/web.yaml:22): a service is needed",
    });
  });

  test.each<readonly [string, Values, string]>([
    ["a value is not known", { values: { database: { host: unknown } } }, folder],
    ["the version is not known", { version: unknown }, folder],
    ["the chart is not known", { chart: unknown }, folder],
    ["there are values in files", { valueYamlFiles: [{}] }, folder],
    ["there may be values in files", { valueYamlFiles: unknown }, folder],
    ["there are no charts", {}, ""],
  ])("Helm is not asked where %s", (_, overrides, charts) => {
    expect(render({ ...properties, ...overrides }, charts, standIn("kind: Service\n"))).toBeUndefined();
    expect(existsSync(told)).toBe(false);
  });

  test("nothing is rendered where Helm is not to be had", () => {
    expect(render(properties, folder, join(folder, "none"))).toBeUndefined();
  });
});

/** Helm as the machine has it, or as the sandbox built it. */
function helm(): string | undefined {
  const built = join(cachePaths.tools(), "helm");
  const versions = existsSync(built) ? readdirSync(built) : [];
  return findOnPath("helm") ?? versions.map((version) => join(built, version, "helm")).find(existsSync);
}

const real = helm();

(real ? describe : describe.skip)("with Helm itself, where it is installed", () => {
  const policy = helmRendered([nonRoot, serviceExposure], (properties, charts) =>
    render(properties, charts, real),
  );
  const judged = (values: Values, configuration: object = {}): readonly string[] =>
    violations(policy, {
      name: "shop",
      resources: [release({ ...properties, values })],
      configuration: { render: true, charts: folder, ...configuration },
    });

  test("a chart's objects are judged as if the program had declared them", () => {
    expect(judged({ service: "LoadBalancer" })).toEqual([
      expect.stringMatching(
        /^sample: Deployment demo-web, kubernetes-non-root: container "web" may run as root/,
      ),
      expect.stringMatching(/^sample: Service web, kubernetes-service-exposure: .* demos\/web in exposed/),
    ]);
    expect(judged({ service: "ClusterIP", securityContext: { runAsNonRoot: true } })).toEqual([]);
  });

  test("a chart that does not take its values is a finding", () => {
    expect(judged({})).toEqual([
      expect.stringMatching(/does not render: .*replicas and a service are needed/),
    ]);
  });

  test("charts are left alone unless the stack wants them rendered", () => {
    expect(judged({ service: "LoadBalancer" }, { render: false })).toEqual([]);
  });
});
