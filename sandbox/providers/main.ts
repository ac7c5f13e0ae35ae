import { parseArgs } from "node:util";
import { z } from "zod";
import { cachePaths } from "../../cli/cache";
import { messageOf } from "../../cli/errors";
import { consoleReporter } from "../../cli/reporter";
import { readDigests } from "../../model/charts/digests";
import { CloudStore } from "../clouds/store";
import { clusterManager } from "../cluster";
import { type Tools, toolNames } from "../toolchain";
import { awsStandIn } from "./aws";
import type { SandboxContext } from "./context";
import { kubernetesStandIn } from "./kubernetes";
import { linodeStandIn } from "./linode";
import { randomStandIn } from "./random";
import { type ServedStandIn, serve } from "./server";
import type { StandIn } from "./standin";

/** Where the tools are, as the caller found or built them. */
const toolPaths = z.record(z.enum(toolNames), z.string());

const standIns: Readonly<Record<string, (context: SandboxContext, tools: Tools) => StandIn>> = {
  aws: awsStandIn,
  linode: linodeStandIn,
  random: randomStandIn,
  kubernetes: (_context, { helm }) =>
    kubernetesStandIn({
      helm,
      definitions: process.env.AI_PLATFORM_CRDS,
      charts: process.env.AI_PLATFORM_CHARTS,
      digests: readDigests(),
    }),
};

/** Serves the stand-ins until standard input closes; one line of JSON with their ports says that they are ready. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      tools: { type: "string" },
      only: { type: "string", multiple: true, default: Object.keys(standIns) },
      without: { type: "string", multiple: true, default: [] },
    },
  });
  const reporter = consoleReporter();
  const tools = toolPaths.parse(JSON.parse(values.tools ?? "{}"));
  const context: SandboxContext = {
    clusters: clusterManager(tools, reporter),
    store: new CloudStore(cachePaths.clouds()),
    reporter,
  };
  const served: Record<string, ServedStandIn> = {};
  for (const name of values.only.filter((one) => !values.without.includes(one))) {
    const make = standIns[name];
    if (make === undefined) {
      throw new Error(`there is no stand-in for ${name}; there are ${Object.keys(standIns).join(", ")}`);
    }
    served[name] = await serve(make(context, tools));
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
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
});
