/**
 * What models are called, from their upload to the service that loads them: the upload (`npm run push-model`), the job that
 * brings them onto a volume, and the services all take their names from here. (N3, 004)
 */

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
export function modelFolder(model: string, version: string): string {
  return `${model}-v${version}`;
}

/** A model and its version by the name of their folder; undefined when it is no such name. */
export function parseModelFolder(
  folder: string,
): { readonly model: string; readonly version: string } | undefined {
  const [, model, version] = folderPattern.exec(folder) ?? [];
  return model === undefined || version === undefined ? undefined : { model, version };
}
