import { RunEvents } from "./events";
import type { StateResource } from "./state";
import { renderSummary, type Summary, summarize } from "./summary";

const manifest = (name: string, outputs: StateResource["outputs"]): StateResource => ({
  urn: `urn:pulumi:dev::ai-platform::kubernetes:yaml/v2:ConfigFile::${name}`,
  type: "kubernetes:yaml/v2:ConfigFile",
  custom: false,
  inputs: {},
  outputs,
});

function summaryOf(events: RunEvents, resources: readonly StateResource[] = []): Summary {
  return summarize({
    stack: "dev",
    operation: "up",
    succeeded: false,
    events,
    state: { deployment: { version: 3, deployment: {} }, pendingOperations: 0, resources },
    clusters: [],
    placeholders: [],
    seconds: {},
  });
}

test("a manifest counts as installed when its objects are there, as recorded when it could not be had, and else not", () => {
  const { releases } = summaryOf(new RunEvents(), [
    manifest("here", { resources: [] }),
    manifest("away", { resources: [], status: { status: "recorded" } }),
    manifest("begun", {}),
  ]);
  expect(releases).toEqual({ installed: ["here"], recorded: ["away"] });
});

test("exemptions are listed with their reasons, and without what the policy that lists them is for", () => {
  const events = new RunEvents();
  events.violations.push({
    policy: "exemption-configured",
    enforcement: "advisory",
    resource: "",
    message:
      "Shown in every run.\nexempt from kubernetes-service-exposure by its exposed:\n- shop/web: Sold to everybody\n",
  });
  expect(renderSummary(summaryOf(events))).toContain(
    [
      "  policy exemptions",
      "    exempt from kubernetes-service-exposure by its exposed:",
      "      - shop/web: Sold to everybody",
      "",
    ].join("\n"),
  );
});

test("pods that stand in are counted apart", () => {
  const cluster = {
    name: "laptop",
    cloud: "local",
    owned: true,
    kubeconfig: "kubeconfig",
    nodes: { laptop: 1 },
    notReady: [],
    pods: { Running: 17 },
    stoodIn: { Running: 50 },
    permissiveDefinitions: [],
  };
  const text = renderSummary({ ...summaryOf(new RunEvents()), clusters: [cluster] });
  expect(text).toContain("pods   Running 17\n");
  expect(text).toContain("stood in for charts and operators  Running 50\n");
});
