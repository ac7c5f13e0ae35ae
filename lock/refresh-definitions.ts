import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  definitionsFile,
  type ManifestDigest,
  readDefinitions,
  renderDefinitions,
} from "../model/charts/definitions";
import { openDigest } from "../model/charts/header";
import { digestOf } from "../sandbox/providers/kubernetes/digests";
import type { ManifestSources } from "../sandbox/providers/kubernetes/yaml/sources";

/**
 * Records the digests of these manifests only, as far as they are available; others stay as they were.
 *
 * @throws Error when a manifest differs from the lock
 */
export async function refreshDefinitions(
  addresses: readonly string[],
  sources: Pick<ManifestSources, "read">,
  folder: string,
): Promise<void> {
  const before = readDefinitions(folder);
  const digests = new Map<string, ManifestDigest>();
  for (const address of addresses) {
    const source = await sources.read(address);
    digests.set(
      address,
      source.kind === "found" ? digestOf(source.text) : (before.get(address) ?? openDigest),
    );
  }
  await writeFile(join(folder, definitionsFile), renderDefinitions(digests));
}
