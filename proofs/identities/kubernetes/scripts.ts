import { podSpecOf } from "../../../model/facts/of-workload";
import { entriesAt, listAt, textsAt } from "../../../model/facts/read";
import type { Model, Workload } from "../../../model/model";
import { readsOf } from "../../rotation/readers";

/** The commands of a workload's containers, and the files of ConfigMaps that they run. */
export function scriptsOf(model: Model, workload: Workload): readonly string[] {
  const spec = podSpecOf(workload.manifest);
  const commands = ["initContainers", "containers"]
    .flatMap((list) => listAt(spec, list))
    .map((container) => [...textsAt(container, "command"), ...textsAt(container, "args")].join(" "));
  const { cluster, namespace } = workload;
  const files = readsOf(workload, "configMap").flatMap((name) =>
    entriesAt(model.find({ cluster, kind: "ConfigMap", namespace, name })?.manifest, "data"),
  );
  return run(commands, files);
}

/** The texts, with each file that one of them names, and so on. */
function run(texts: readonly string[], files: readonly (readonly [string, unknown])[]): readonly string[] {
  const named = files.filter(([name]) => texts.some((text) => text.includes(`/${name}`)));
  if (named.length === 0) return texts;
  const left = files.filter((file) => !named.includes(file));
  return run([...texts, ...named.flatMap(([, text]) => (typeof text === "string" ? [text] : []))], left);
}
