import { parseArgs } from "node:util";
import { kubernetesStandIn } from "./kubernetes";
import { type ServedStandIn, serve } from "./server";
import type { StandIn } from "./standin";

/** How to make each stand-in; loaded only when it is to be served. */
const standIns: Readonly<Record<string, () => StandIn>> = {
  kubernetes: () =>
    kubernetesStandIn({
      definitions: process.env.AI_PLATFORM_CRDS,
      charts: process.env.AI_PLATFORM_CHARTS,
    }),
};

/** Serves the stand-ins until standard input closes; one line of JSON with their ports says that they are ready. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true, default: Object.keys(standIns) },
      without: { type: "string", multiple: true, default: [] },
    },
  });
  const served: Record<string, ServedStandIn> = {};
  for (const name of values.only.filter((one) => !values.without.includes(one))) {
    const make = standIns[name];
    if (make === undefined) {
      throw new Error(`there is no stand-in for ${name}; there are ${Object.keys(standIns).join(", ")}`);
    }
    served[name] = await serve(make());
  }
  // Interrupts reach the whole process group; the engine, which asked for the work, decides when it ends.
  process.on("SIGINT", () => undefined);
  process.stdin.resume();
  process.stdin.on("close", () => {
    for (const standIn of Object.values(served)) {
      standIn.close();
    }
    process.exit(0);
  });
  const ports = Object.entries(served).map(([name, { port }]) => [name, port] as const);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(ports))}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
