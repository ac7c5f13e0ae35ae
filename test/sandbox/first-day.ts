import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { stackSchema } from "../../apps/registry";
import { setImage } from "../../delivery/commands/set-image";
import { ownRegistries } from "../../delivery/own-registries";
import { readStackFile } from "../../delivery/stack-file";
import { systemImages } from "../../delivery/system-images";
import { withOwnRegistries } from "../../out-of-sight/configuration";
import { filledIn } from "../support/delivery/clouds";
import { copyProject, repository } from "./project-copy";

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
 * A project whose production is filled in, with no example left, and lean: the systems that serve models, on both clouds, and of the
 * platform what they cannot do without. Its policies' configuration is a copy that may be changed,
 * with the registries of its stack file, as `npm run golden` writes them.
 */
export function firstDayProject(): string {
  const project = copyProject();
  writeStackFile(project);
  const pack = join(project, "policies");
  rmSync(pack);
  mkdirSync(pack);
  for (const entry of readdirSync(join(repository, "policies"))) {
    const original = join(repository, "policies", entry);
    if (entry === "config") cpSync(original, join(pack, entry), { recursive: true });
    else symlinkSync(original, join(pack, entry));
  }
  const configuration = join(pack, "config", "prod.json");
  const standing = JSON.parse(readFileSync(configuration, "utf8"));
  writeFileSync(configuration, JSON.stringify(withOwnRegistries(standing, ownRegistries(project, "prod"))));
  return project;
}

/** What CI does once it has pushed the systems' images. */
function nameImagesByDigest(project: string): void {
  const { systems, environment } = stackSchema.parse(readStackFile(project, "prod").own);
  const digest = `sha256:${"0".repeat(64)}`;
  for (const { system, workload, image } of systemImages({ systems, environment })) {
    setImage({ projectDirectory: project, stack: "prod", system, workload, image: `${image}@${digest}` });
  }
}

/** What takes production down on purpose: the stack no longer protects, and the policy that wants it to is told so. */
export function liftProtection(project: string): void {
  writeStackFile(project, { "ai-platform:protectData": false });
  const file = join(project, "policies", "config", "prod.json");
  const levels = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...levels, "stateful-protected": "disabled" }));
}

function writeStackFile(project: string, also: object = {}): void {
  const { config, ...file } = parse(filledIn("prod"));
  const { gitops, ...platform } = config["ai-platform:platform"];
  const { "ai-middleware": middleware, ...systems } = config["ai-platform:systems"];
  const changed = {
    ...config,
    "ai-platform:platform": { ...platform, without: leftOut },
    "ai-platform:systems": systems,
    ...also,
  };
  writeFileSync(join(project, "Pulumi.prod.yaml"), stringify({ ...file, config: changed }));
  nameImagesByDigest(project);
}
