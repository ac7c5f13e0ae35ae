import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** What stands in for every secret in the sandbox: a text that nothing else holds, because Pulumi blots secrets out of all that it shows. */
export const placeholder = "placeholder-of-the-sandbox";

/** A secret that people have to give to a stack, by the bundle that asks for it. */
export interface StackSecret {
  readonly bundle: string;
  readonly key: string;
}

const bundleFile = z.looseObject({
  name: z.string(),
  system: z.string(),
  wantedBy: z.string().optional(),
  keys: z.record(z.string(), z.looseObject({ source: z.string(), optional: z.boolean().default(false) })),
});

const section = z.record(z.string(), z.unknown()).default({});

/**
 * The secrets that a project's bundles ask of a stack and its file does not have. No file of a repository should hold them
 * before a real stack's secrets provider can encrypt them; so that the stack can be tried without, the sandbox fills in
 * placeholders, and says which.
 */
export function missingSecrets(
  project: { readonly directory: string; readonly name: string },
  config: Readonly<Record<string, unknown>>,
): readonly StackSecret[] {
  const systems = section.parse(config[`${project.name}:systems`]);
  const given = z.record(z.string(), section).default({}).parse(config[`${project.name}:secrets`]);
  return bundlesIn(project.directory)
    .filter(({ system }) => system === "platform" || systems[system] !== undefined)
    .filter(({ wantedBy }) => wantedBy === undefined || has(config, `${project.name}:${wantedBy}`))
    .flatMap(({ name, keys }) =>
      Object.entries(keys)
        .filter(
          ([key, { source, optional }]) =>
            source === "stack" && !optional && given[name]?.[key] === undefined,
        )
        .map(([key]) => ({ bundle: name, key })),
    );
}

/** Whether a configuration has a value at a path such as `demo:platform.alerts`. */
function has(config: Readonly<Record<string, unknown>>, path: string): boolean {
  const found = path.split(".").reduce<unknown>((value, key) => {
    const { success, data } = section.safeParse(value);
    return success ? data[key] : undefined;
  }, config);
  return found !== undefined;
}

/** A file that is no bundle is for the program to refuse, as it does in real clouds. */
function bundlesIn(directory: string): readonly z.infer<typeof bundleFile>[] {
  return bundleFiles(directory).flatMap((file) => {
    try {
      return bundleFile.parse(parse(readFileSync(file, "utf8")));
    } catch {
      return [];
    }
  });
}

/** The files of all bundles of a project, the platform's and those of its systems, by their names. */
export function bundleFiles(directory: string): readonly string[] {
  const apps = join(directory, "apps");
  const folders = [
    join(directory, "infra", "secrets", "bundles"),
    ...(existsSync(apps) ? readdirSync(apps) : []).map((system) => join(apps, system, "secrets")),
  ];
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .sort((one, other) => (basename(one) < basename(other) ? -1 : 1));
}

/** A stack file's configuration with the placeholders in it, marked as secrets. */
export function withPlaceholders(
  project: string,
  config: Readonly<Record<string, unknown>>,
  secrets: readonly StackSecret[],
): Readonly<Record<string, unknown>> {
  const filled: Record<string, Record<string, unknown>> = z
    .record(z.string(), section)
    .default({})
    .parse(config[`${project}:secrets`]);
  for (const { bundle, key } of secrets) {
    filled[bundle] = { ...filled[bundle], [key]: { secure: placeholder } };
  }
  return secrets.length === 0 ? config : { ...config, [`${project}:secrets`]: filled };
}
