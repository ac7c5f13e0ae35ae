import type { Summary } from "./summary";
import { renderSummary } from "./summary-text";

const quiet = { verbose: false, file: "build/summary/dev.json" };
const verbose = { ...quiet, verbose: true };

const cluster = {
  name: "laptop",
  cloud: "local",
  owned: true,
  kubeconfig: "/clusters/laptop/kubeconfig",
  nodes: { laptop: 1 },
  notReady: [],
  pods: { Running: 17 },
  stoodIn: { Running: 50 },
  awaited: [],
  permissiveDefinitions: [],
};

const up: Summary = {
  stack: "dev",
  operation: "up",
  succeeded: true,
  changes: { create: 3, same: 1 },
  changed: {},
  resources: {},
  clusters: [cluster],
  releases: { installed: [], recorded: ["argo-cd", "cert-manager", "loki", "tempo", "velero"] },
  placeholders: ["api.key"],
  violations: [],
  exemptions: [
    {
      policy: "exemption-configured",
      enforcement: "advisory",
      resource: "",
      message: "Shown in every run.\nexempt from kubernetes-service-exposure:\n- shop/web: Sold to everybody",
    },
  ],
  notes: ["recorded, not installed: nothing answers", "api: new values for key: due since 2026-11-27"],
  errors: [],
  seconds: { run: 12.4 },
};

test("a run that succeeded: what changed, what is up, what is not real, what to type next", () => {
  expect(renderSummary(up, quiet).split("\n")).toEqual([
    "dev: up succeeded after 12 s",
    "  changes   3 created, 1 as they were",
    "  up        local laptop: nodes laptop 1; pods Running 17; in place of what charts and operators make Running 50",
    "  charts    5 recorded only, because the chart or manifest was not available: argo-cd, cert-manager, loki and 2 more. Give --charts <folder> to install them",
    "  secrets   1 is a placeholder, for the stack file has none: api.key",
    "  policies  kinds of exemptions in force: 1",
    "  notes     api: new values for key: due since 2026-11-27",
    "  next      KUBECONFIG=/clusters/laptop/kubeconfig kubectl get pods --all-namespaces",
    "            make validate STACK=dev",
    "  details   build/summary/dev.json, or with --verbose",
  ]);
});

test("--verbose has every name and reason", () => {
  const text = renderSummary(up, verbose);
  for (const name of [...up.releases.recorded, "- shop/web: Sold to everybody", "nothing answers"]) {
    expect(text).toContain(name);
  }
});

test("what is not up is named", () => {
  const broken = {
    ...cluster,
    notReady: ["gpu-1"],
    pods: { Pending: 2, Running: 1 },
    stoodIn: { Pending: 1 },
    awaited: ["shop/web: the image registry.test/web:v1 (ErrImagePull)"],
  };
  const text = renderSummary({ ...up, clusters: [broken] }, quiet);
  expect(text).toContain("  not up    local laptop: nodes not Ready: gpu-1\n");
  expect(text).toContain(
    "            local laptop: 3 pods are Pending\n            local laptop: shop/web: the image registry.test/web:v1 (ErrImagePull)\n",
  );
});

test("a run that failed ends with its causes, and tells nothing to type next", () => {
  const failed = { ...up, succeeded: false, errors: ["grpc: the client connection is closing", "No disk"] };
  const text = renderSummary(failed, quiet);
  expect(text.split("\n").at(-1)).toBe("error: No disk");
  expect(text).not.toContain("make validate");
});

test("a preview says what would happen, and that nothing would", () => {
  const preview: Summary = { ...up, operation: "preview", changes: { create: 2, same: 4 } };
  expect(renderSummary(preview, quiet)).toContain("changes   2 to create, 4 as they were\n");
  expect(renderSummary({ ...preview, changes: {} }, quiet)).toContain("changes   none\n");
});
