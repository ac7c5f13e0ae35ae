import { RunEvents } from "./events";
import type { StateResource } from "./state";
import { type Summary, summarize } from "./summary";

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
