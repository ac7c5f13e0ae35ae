import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation";
import { Steps } from "./steps";

const urn = (type: string, name: string) => `urn:pulumi:dev::ai-platform::${type}::${name}`;

function metadata(type: string, name: string): StepEventMetadata {
  return { op: "create", urn: urn(type, name), type, provider: "" };
}

const begins = (type: string, name: string): EngineEvent => ({
  ...{ sequence: 0, timestamp: 0 },
  resourcePreEvent: { metadata: metadata(type, name) },
});

const ends = (type: string, name: string): EngineEvent => ({
  ...{ sequence: 0, timestamp: 0 },
  resOutputsEvent: { metadata: metadata(type, name) },
});

const says = (type: string, name: string, message: string): EngineEvent => ({
  ...{ sequence: 0, timestamp: 0 },
  diagnosticEvent: { urn: urn(type, name), message, color: "never", severity: "info", ephemeral: true },
});

const deployment = "kubernetes:apps/v1:Deployment";

function stepsAt() {
  let seconds = 0;
  const steps = new Steps("dev: up", () => seconds);
  const at = (moment: number, ...events: readonly EngineEvent[]): void => {
    seconds = moment;
    for (const event of events) steps.record(event);
  };
  return { steps, at };
}

test("what takes long is told with what it waits for, the longest first; components are not", () => {
  const { steps, at } = stepsAt();
  at(0, begins("ai-platform:apps:Atlas", "atlas"), begins(deployment, "web"));
  at(2, begins(deployment, "api"), says(deployment, "api", "<{%fg 3%}>0 of 2 pods are ready"));
  at(8, begins(deployment, "late"));
  expect(steps.lines(9)).toEqual([
    "dev: up: 0 done, 4 at work, 8 s",
    "     8 s  Deployment web",
    "     6 s  Deployment api: 0 of 2 pods are ready",
  ]);
});

test("what has ended is done, and a narrow screen says how many more there are", () => {
  const { steps, at } = stepsAt();
  at(0, begins(deployment, "one"), begins(deployment, "two"), begins(deployment, "three"));
  at(9, ends(deployment, "one"));
  expect(steps.lines(2)).toEqual([
    "dev: up: 1 done, 2 at work, 9 s, 1 more of them wait",
    "     9 s  Deployment two",
  ]);
});
