import { type Drill, outcome } from "./drill";
import { lastLines } from "./healed";

/** The stack is taken down. It is not up again afterwards, so this drill runs only when it is named. (G4) */
export const teardown: Drill = {
  name: "teardown",
  promise:
    "destroy finishes in one go, and nothing of the stack is left: no volume, no load balancer, no machine",
  run: async ({ engine, stack }) => {
    const { succeeded, output } = await engine.run("destroy");
    return outcome(
      succeeded ? [] : [`destroy did not succeed:\n${lastLines(output)}`],
      succeeded
        ? [`${stack} is gone, and so is all that its clusters had made; \`make up\` brings it back`]
        : [],
    );
  },
};
