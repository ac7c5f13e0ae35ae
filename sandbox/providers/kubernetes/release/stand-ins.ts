import type { ApiClient } from "../../../api-server/client";
import { pathOf, type StoodIn, stoodInKinds, stoodInLabel } from "../../../stood-in";
import { isObject, listAt, textAt } from "../json";
import type { ReleaseInputs } from "./release-inputs";

type Named = Pick<ReleaseInputs, "name" | "namespace">;

/** What stands in for the releases of a provider, which its URN tells: each object with the label of its release. */
export type ReleaseObjects = (providerUrn: string | undefined) => (release: Named) => readonly StoodIn[];

/** Nothing stands in for releases. */
export const nothingStandsIn: ReleaseObjects = () => () => [];

/**
 * Objects in place of a chart's, where the chart is not available, each labelled as a stand-in.
 */
export class ReleaseStandIns {
  constructor(
    private readonly client: Pick<ApiClient, "apply" | "delete" | "get">,
    private readonly objectsOf: ReturnType<ReleaseObjects>,
  ) {}

  /** Makes what the release would, and takes away what an earlier version of it made and this one does not. */
  async put(release: Named): Promise<void> {
    const wanted = this.objectsOf(release);
    const kept = new Set(wanted.map(({ path, manifest }) => `${path}/${manifest.metadata.name}`));
    await Promise.all(
      wanted.map(({ path, manifest }) =>
        this.client.apply(`${path}/${manifest.metadata.name}`, manifest, {
          fieldManager: "sandbox-stand-in",
          fieldValidation: "Strict",
          force: "true",
        }),
      ),
    );
    await this.removeAllBut(kept, release);
  }

  async remove(release: Named): Promise<void> {
    await this.removeAllBut(new Set(), release);
  }

  private async removeAllBut(kept: ReadonlySet<string>, release: Named): Promise<void> {
    const query = { labelSelector: `${stoodInLabel}=${labelOf(release)}` };
    for (const kind of stoodInKinds) {
      const found = await this.client.get(pathOf(kind), query);
      const paths = listAt(found, "items").flatMap((item) => {
        // A workload's pods have its label, too, and come and go with it.
        if (listAt(item, "metadata", "ownerReferences").length > 0) return [];
        const namespace = textAt(item, "metadata", "namespace");
        const path = isObject(item)
          ? `${pathOf(kind, namespace === "" ? undefined : namespace)}/${textAt(item, "metadata", "name")}`
          : "";
        return path === "" || kept.has(path) ? [] : [path];
      });
      await Promise.all(paths.map((path) => this.client.delete(path, { propagationPolicy: "Background" })));
    }
  }
}

/** The label's value on what stands in for a release. Namespaces are told apart too: its name is unique in its own only. */
export function labelOf({ name, namespace }: Named): string {
  return `${namespace}.${name}`.slice(0, 63);
}
