/**
 * What models are called, from their upload to the service that loads them: the upload (`npm run push-model`), the job that
 * brings them onto a volume, and the services all take their names from here. (N3, 004)
 */

/** The systems that load models of the bucket, and which. `triton` is a whole repository of Triton's. */
export const systemModels = {
  atlas: ["triton"],
  "market-research": ["embedder", "ner"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A system that loads models of the bucket. */
export type ModelSystem = keyof typeof systemModels;

/** A model of a system's. */
export type ModelName<System extends ModelSystem = ModelSystem> = (typeof systemModels)[System][number];

/** The file that says what a model is: its name and version at least. It makes a folder a model. (004) */
export const modelFacts = "model_config.json";

/** The file with the checksum of every other file of a model, as `sha256sum` writes and reads it. Uploaded last. */
export const modelChecksums = "SHA256SUMS";

/** Versions of a model that stay on the volume, to roll back to. (N3, 004) */
export const keptVersions = 3;

/** Where volumes with models are mounted. (000, 004) */
export const modelsPath = "/models";

const folderPattern = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*)-v(\d+\.\d+\.\d+)$/;

/** The folder of a version of a model, in the bucket and on the volume: `ner-v1.1.0`. */
export function modelFolder(model: ModelName, version: string): string {
  return `${model}-v${version}`;
}

/** A model and its version by the name of their folder; undefined when it is no such name. */
export function parseModelFolder(
  folder: string,
): { readonly model: string; readonly version: string } | undefined {
  const [, model, version] = folderPattern.exec(folder) ?? [];
  return model === undefined || version === undefined ? undefined : { model, version };
}

/** The system that a model belongs to; undefined when there is no such model. */
export function systemOf(model: string): ModelSystem | undefined {
  const systems: readonly ModelSystem[] = ["atlas", "market-research"];
  return systems.find((system) => systemModels[system].some((name) => name === model));
}
