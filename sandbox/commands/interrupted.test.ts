import { RunEvents } from "../engine/events";
import { leftOf } from "./run";

const urn = "urn:pulumi:dev::shop::a:b:C::d";

/** What the engine told until it was interrupted. */
function told(...operations: readonly string[]): RunEvents {
  const events = new RunEvents();
  for (const [place, op] of operations.entries()) {
    events.operations.set(`${urn}${place}`, op);
  }
  return events;
}

test.each([
  [
    "up",
    told(),
    "dev: up was interrupted before it changed any resource. Control planes that it started run on: make status. " +
      "Continue: make up STACK=dev. Take down what there is: make destroy STACK=dev",
  ],
  [
    "up",
    told("create", "update"),
    "dev: up was interrupted when it had begun to change 2 resources: the state has those that are done, and the next run " +
      "does the others again. Continue: make up STACK=dev. Take down what there is: make destroy STACK=dev",
  ],
  [
    "destroy",
    told("delete"),
    "dev: destroy was interrupted when it had begun to change 1 resources: the state has those that are done, and the next " +
      "run does the others again. Continue: make destroy STACK=dev",
  ],
  [
    "preview",
    told("create"),
    "dev: preview was interrupted; it changes nothing. Again: make preview STACK=dev",
  ],
] as const)("an interrupted %s tells what is left and what to type next", (operation, events, said) => {
  expect(leftOf(operation, "dev", events)).toBe(said);
});
