import { podSpecOf } from "../../model/facts/of-workload";
import { at, listAt, textAt, textsAt } from "../../model/facts/read";
import type { Model, Workload } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** What a container is told to run or read from a ConfigMap is one of its files. */
export const filesAreThere: Check = ({ model }) =>
  each(
    model.workloads.filter(({ manifest }) => manifest !== undefined),
    (workload) => {
      const spec = podSpecOf(workload.manifest);
      const volumes = listAt(spec, "volumes").flatMap((volume) => volumeOf(model, workload, volume) ?? []);
      const containers = [...listAt(spec, "initContainers"), ...listAt(spec, "containers")];
      return containers.flatMap((container) => scriptFaults(workload, volumes, container));
    },
  );

interface MapVolume {
  readonly name: string;
  readonly map: string;
  readonly keys: readonly string[];
  /** Whether the volume picks some of the keys, and may name them otherwise. */
  readonly isPicked: boolean;
}

function volumeOf(model: Model, { cluster, namespace }: Workload, volume: unknown): MapVolume | undefined {
  const [name, map] = [textAt(volume, "name"), textAt(volume, "configMap", "name")];
  const found = map && model.find({ cluster, kind: "ConfigMap", namespace, name: map });
  if (name === undefined || !found || found.keys === undefined) return undefined;
  const isPicked = listAt(volume, "configMap", "items").length > 0;
  return { name, map, keys: found.keys, isPicked };
}

function scriptFaults(
  workload: Workload,
  volumes: readonly MapVolume[],
  container: unknown,
): readonly Fault[] {
  const words = [...textsAt(container, "command"), ...textsAt(container, "args")];
  return listAt(container, "volumeMounts").flatMap((mount) => {
    const volume = volumes.find(({ name }) => name === textAt(mount, "name"));
    const path = textAt(mount, "mountPath");
    if (volume === undefined || path === undefined || volume.isPicked) return [];
    if (at(mount, "subPath") !== undefined) return [];
    return words
      .filter((word) => word.startsWith(`${path}/`) && !word.slice(path.length + 1).includes("/"))
      .filter((word) => !volume.keys.includes(word.slice(path.length + 1)))
      .map((word) =>
        fault(
          workload,
          volume.map,
          volume.keys,
          `the container ${textAt(container, "name")} is told ${word}`,
        ),
      );
  });
}

function fault(workload: Workload, map: string, keys: readonly string[], what: string): Fault {
  return {
    object: nameOf(workload),
    rule: `${what}, and the ConfigMap ${map} has ${keys.join(", ")}`,
    source: "Kubernetes, ConfigMaps: each key is a file of its name",
    fix: "name one of the ConfigMap's keys",
  };
}
