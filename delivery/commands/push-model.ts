import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { systems } from "../../apps/registry";
import { Failure } from "../../cli/failure";
import { modelChecksums, modelFacts, parseModelFolder } from "../../infra/models/contract";
import type { System } from "../../infra/systems/system";
import { carryOut, outputOf } from "../program-output";

export interface PushModelOptions {
  /** The folder of a version of a model: `models/ner-v1.1.0`. */
  readonly modelPath: string;
  /** The bucket of models. */
  readonly bucket: string;
  /** Region of the bucket. @default the one that rclone finds */
  readonly region?: string | undefined;
  /** rclone's name for the storage provider. @default S3, with the credentials of the environment */
  readonly remote?: string | undefined;
}

const example = "models/ner-v1.1.0";

/** S3 for rclone without a configuration file. */
function defaultRemote(region: string | undefined): string {
  return `:s3,provider=AWS,env_auth=true${region === undefined ? "" : `,region=${region}`}:`;
}

/**
 * Uploads a model version to the bucket where the stack's jobs look for it. The checksums are uploaded last,
 * so that a version is complete or absent. An existing version is never changed: services may be running it.
 * (N3, 004)
 *
 * @returns what to write into the stack file next
 * @throws Failure when the folder is not a model, or the bucket already has the version
 */
export async function pushModel(options: PushModelOptions): Promise<string> {
  const { modelPath, bucket, region, remote = defaultRemote(region) } = options;
  const { system, folder, version } = checkModel(modelPath);
  const { name, models = [] } = system;
  const target = `${remote}${bucket}/${name}/${folder}`;
  const listed = await outputOf(modelPath, "rclone", "lsf", "--files-only", target).catch(() => "");
  if (listed.split("\n").includes(modelChecksums)) {
    throw new Failure(
      `${bucket} has ${folder}, and a version never changes. Raise the version of the folder, for example: ${nextOf(folder, version)}`,
    );
  }
  const sums = await checksumsOf(modelPath);
  writeFileSync(join(modelPath, modelChecksums), sums);
  await carryOut(modelPath, "rclone", "copy", "--exclude", modelChecksums, ".", target);
  await carryOut(modelPath, "rclone", "copyto", modelChecksums, `${target}/${modelChecksums}`);
  return [
    `${folder} is in ${bucket}. To serve it, set ai-platform:systems.${name}.modelVersion to ${version}`,
    `once every model of ${name} has that version (${models.join(", ")}), then: pulumi up`,
  ].join("\n");
}

const factsSchema = z.object({ name: z.string(), version: z.string() });

interface CheckedModel {
  readonly system: System;
  readonly folder: string;
  readonly version: string;
}

function checkModel(modelPath: string): CheckedModel {
  const folder = basename(modelPath);
  const parsed = parseModelFolder(folder);
  if (parsed === undefined) {
    throw new Failure(
      `--model-path: found ${modelPath}; its folder must be NAME-vMAJOR.MINOR.PATCH. Example: ${example}`,
    );
  }
  const system = systems.find(({ models = [] }) => models.includes(parsed.model));
  if (system === undefined) {
    const known = systems.flatMap(({ models = [] }) => models).join(", ");
    throw new Failure(
      `--model-path: no system loads ${parsed.model}; models are ${known}. Example: ${example}`,
    );
  }
  if (!existsSync(modelPath) || !statSync(modelPath).isDirectory()) {
    throw new Failure(`--model-path: there is no folder ${modelPath}. Example: ${example}`);
  }
  checkFacts(join(modelPath, modelFacts), parsed);
  return { system, folder, version: parsed.version };
}

/** File and folder must agree: a copy with the wrong name would serve the wrong model. */
function checkFacts(
  file: string,
  { model, version }: { readonly model: string; readonly version: string },
): void {
  const wanted = `{ "name": "${model}", "version": "${version}" }`;
  if (!existsSync(file)) throw new Failure(`${file} is missing; it has to say ${wanted} at least.`);
  const facts = factsSchema.safeParse(jsonOf(file));
  if (!facts.success || facts.data.name !== model || facts.data.version !== version) {
    throw new Failure(
      `${file} has to say ${wanted}; it says ${readFileSync(file, "utf8").slice(0, 200).trim()}`,
    );
  }
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

async function checksumsOf(folder: string): Promise<string> {
  const lines: string[] = [];
  for (const file of filesBelow(folder)) {
    const path = relative(folder, file);
    if (path === modelChecksums) continue;
    const hash = createHash("sha256");
    await pipeline(createReadStream(file), hash);
    lines.push(`${hash.digest("hex")}  ${path}`);
  }
  return `${lines.join("\n")}\n`;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}

function nextOf(folder: string, version: string): string {
  const [major, minor, patch = "0"] = version.split(".");
  return folder.replace(version, `${major}.${minor}.${Number(patch) + 1}`);
}
