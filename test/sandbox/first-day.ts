import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { filledIn } from "../support/delivery/clouds";
import { copyProject } from "./project-copy";

/** Services of the platform that only take time to make: none of them has to do with the order of a first day. */
const leftOut = [
  "gitops",
  "image-scanning",
  "logging",
  "logging-elasticsearch",
  "model-registry",
  "registry",
  "tracing",
];

/**
 * A project whose production is filled in, with no example left, and lean: of its systems one on each cloud, both of which serve
 * models that people bring.
 */
export function firstDayProject(): string {
  const project = copyProject();
  writeStackFile(project);
  return project;
}

/** Writes production's file. Without protection it may be taken down on purpose. */
export function writeStackFile(project: string, protectData?: boolean): void {
  const { config, ...file } = parse(filledIn("prod"));
  const { edge, ...aws } = config["ai-platform:aws"];
  const { gitops, ...platform } = config["ai-platform:platform"];
  const { aiaas, "market-research": research } = config["ai-platform:systems"];
  const changed = {
    ...config,
    "ai-platform:aws": aws,
    "ai-platform:platform": { ...platform, without: leftOut },
    "ai-platform:systems": { aiaas, "market-research": research },
    ...(protectData !== undefined && { "ai-platform:protectData": protectData }),
  };
  writeFileSync(join(project, "Pulumi.prod.yaml"), stringify({ ...file, config: changed }));
}
