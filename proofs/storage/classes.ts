import { volumeRules } from "../../facts/volume-rules";
import { at, textAt } from "../../model/facts/read";
import type { ModelObject } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { isDefaultClass } from "./claims";

/** Classes of disks wait for the pod before they choose a zone, and a cluster has one default among its own. */
export const classesChooseLate: Check = ({ model }) => {
  const classes = model.of("StorageClass");
  return each(classes, (one) => [...earlyFaults(one), ...fixedFaults(one), ...twinFaults(classes, one)]);
};

function earlyFaults(object: ModelObject): readonly Fault[] {
  const { manifest } = object;
  const rules = volumeRules.find(({ provisioner }) => provisioner === textAt(manifest, "provisioner"));
  const isEarly = textAt(manifest, "volumeBindingMode") !== "WaitForFirstConsumer";
  return rules?.topologyKey !== undefined && isEarly
    ? [
        {
          object: nameOf(object),
          rule: `it makes volumes before their pods have a node, and they are bound to one ${rules.topologyKey.split("/").at(-1)}: the pod may have no room there`,
          source: "Kubernetes, storage classes: volume binding mode",
          fix: "set volumeBindingMode to WaitForFirstConsumer",
        },
      ]
    : [];
}

/** Drivers of disks make them larger while they are used; files have no size. */
function fixedFaults(object: ModelObject): readonly Fault[] {
  const { manifest } = object;
  const rules = volumeRules.find(({ provisioner }) => provisioner === textAt(manifest, "provisioner"));
  return rules !== undefined && rules.leastGibibytes > 0 && at(manifest, "allowVolumeExpansion") !== true
    ? [
        {
          object: nameOf(object),
          rule: "its volumes cannot be made larger: a full one is restored into a new one",
          source: "Kubernetes, storage classes: volume expansion",
          fix: "set allowVolumeExpansion",
        },
      ]
    : [];
}

function twinFaults(classes: readonly ModelObject[], object: ModelObject): readonly Fault[] {
  const twin = classes.find(
    (other) =>
      other !== object && other.cluster === object.cluster && isDefaultClass(other) && isDefaultClass(object),
  );
  return twin === undefined
    ? []
    : [
        {
          object: nameOf(object),
          rule: `it and ${twin.name} are both the cluster's default: the newest is taken, whichever that is`,
          source: "Kubernetes, storage classes: default StorageClass",
          fix: "leave the annotation to one class",
        },
      ];
}
