import { keptKinds } from "../model/charts/kept-kinds";
import type { ObjectFacts } from "../model/facts/object";
import { factsOfManifest } from "../model/facts/of-manifest";
import { template } from "../sandbox/providers/kubernetes/release/helm";
import { parseManifest } from "../sandbox/providers/kubernetes/yaml/documents";
import type { PlannedRelease } from "./planned";

/** Options of a release that change what its chart makes. */
const renderingFlags: readonly string[] = ["--dependency-update", "--no-hooks", "--skip-crds"];

/**
 * The objects that a release makes, hooks and tests included, without definitions of custom resources.
 *
 * @param helm the `helm` command
 * @param chart folder or archive
 * @throws Error with Helm's message
 */
export async function objectsOf(
  { inputs, kubernetes, apiVersions }: PlannedRelease,
  helm: string,
  chart: string,
): Promise<readonly ObjectFacts[]> {
  const { name, namespace, flags, values } = inputs;
  const text = await template(
    helm,
    [
      name,
      chart,
      ...["--namespace", namespace],
      ...["--kube-version", kubernetes],
      ...apiVersions.flatMap((version) => ["--api-versions", version]),
      ...flags.filter((flag) => renderingFlags.includes(flag)),
    ],
    JSON.stringify(values),
  );
  return parseManifest(text, `what ${chart} makes`)
    .filter(({ kind }) => kind !== "CustomResourceDefinition")
    .map((manifest) => factsOfManifest(manifest, { namespace, keep: keptKinds }));
}
