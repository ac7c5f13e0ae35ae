import { parseArgs } from "node:util";
import { z } from "zod";
import { cachePaths } from "../../cli/cache";
import { consoleReporter } from "../../cli/reporter";
import { type Tools, toolNames } from "../../toolchain";
import { CloudStore } from "../clouds/store";
import { clusterManager } from "../cluster";
import { awsStandIn } from "./aws";
import type { SandboxContext } from "./context";
import { kubernetesStandIn } from "./kubernetes";
import type { Digests } from "./kubernetes/digests";
import type { ReleaseObjects } from "./kubernetes/release/stand-ins";
import { linodeStandIn } from "./linode";
import { randomStandIn } from "./random";
import { type ServedStandIn, serve } from "./server";
import type { StandIn } from "./standin";

/** What the stand-ins have to know of the project. */
export interface StandInsOptions {
  /** The script that controls a cluster's cloud. */
  readonly cloudController: string;
  /** What archives of charts and manifests have to be. */
  readonly digests: Digests;
  /** What stands in for releases whose charts are not available. */
  readonly stoodIn: ReleaseObjects;
}

/** Where the tools are, as the caller found or built them. */
const toolPaths = z.record(z.enum(toolNames), z.string());

type Make = (context: SandboxContext, tools: Tools, options: StandInsOptions) => StandIn;

const standIns: Readonly<Record<string, Make>> = {
  aws: awsStandIn,
  linode: linodeStandIn,
  random: randomStandIn,
  kubernetes: (_context, { helm }, { digests, stoodIn }) =>
    kubernetesStandIn({
      helm,
      definitions: process.env.AI_PLATFORM_CRDS,
      charts: process.env.AI_PLATFORM_CHARTS,
      digests,
      stoodIn,
    }),
};

/** Serves the stand-ins until standard input closes; one line of JSON with their ports says that they are ready. */
export async function serveStandIns(options: StandInsOptions): Promise<void> {
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
    clusters: clusterManager(tools, reporter, { cloudController: options.cloudController }),
    store: new CloudStore(cachePaths.clouds()),
    reporter,
  };
  const served: Record<string, ServedStandIn> = {};
  for (const name of values.only.filter((one) => !values.without.includes(one))) {
    const make = standIns[name];
    if (make === undefined) {
      throw new Error(`there is no stand-in for ${name}; there are ${Object.keys(standIns).join(", ")}`);
    }
    served[name] = await serve(make(context, tools, options));
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
