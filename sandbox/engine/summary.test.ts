import { RunEvents } from "./events";
import type { StateResource } from "./state";
import { summarize } from "./summary";

const manifest = (name: string, outputs: StateResource["outputs"]): StateResource => ({
  urn: `urn:pulumi:dev::ai-platform::kubernetes:yaml/v2:ConfigFile::${name}`,
  type: "kubernetes:yaml/v2:ConfigFile",
  custom: false,
  inputs: {},
  outputs,
});

test("a manifest counts as installed when its objects are there, as recorded when it could not be had, and else not", () => {
  const { releases } = summarize({
    stack: "dev",
    operation: "up",
    succeeded: false,
    events: new RunEvents(),
    state: {
      deployment: { version: 3, deployment: {} },
      pendingOperations: 0,
      resources: [
        manifest("here", { resources: [] }),
        manifest("away", { resources: [], status: { status: "recorded" } }),
        manifest("begun", {}),
      ],
    },
    clusters: [],
    placeholders: [],
    seconds: {},
  });
  expect(releases).toEqual({ installed: ["here"], recorded: ["away"] });
});
