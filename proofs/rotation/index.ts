import { Dependencies } from "../../model/dependencies";
import { mapAt } from "../../model/facts/read";
import type { PlannedResource } from "../../model/plan";
import { nameOf, type Proof } from "../proof";
import { type Check, each, nothing, together } from "../verdict";
import { certificatesAreRead } from "./certificates";
import { configurationRolls } from "./configuration";
import { readersOf } from "./readers";
import { reloads } from "./reloading";
import { valuesAreRenewed } from "./renewed";
import { termsMakeSense } from "./terms";

/**
 * The maker of pods depends on each generated value that they read: a checksum of the values is among its
 * inputs, so that the pods are replaced when a value changes. In the plan this shows as a dependency on the
 * values.
 */
const rolled: Check = ({ model, plan }) => {
  if (plan === undefined) {
    return nothing;
  }
  const order = new Dependencies(plan);
  const readers = readersOf(model).filter(({ workload, secret }) => !reloads(workload, secret.name));
  return each(readers, ({ workload, secret }) => {
    const [reader, source] = [order.makerOf(workload), order.makerOf(secret)];
    if (reader === undefined || source === undefined || secret.origin.by !== "program") {
      return undefined;
    }
    const untold = valuesIn(source, order).filter((value) => !reader.dependsOn.includes(value));
    return untold.length === 0
      ? undefined
      : {
          object: nameOf(workload),
          rule: `it reads the Secret ${secret.name} and is not rolled when that changes: it goes on with values that are no longer so`,
          source:
            "Kubernetes, Secrets: environment is read once, files only when the program reads them again",
          fix: `put the checksum of ${secret.name} among the annotations of its pods`,
        };
  });
};

/** The generated values in a Secret that are renewed, without those that must not change. */
function valuesIn({ dependsOn }: PlannedResource<unknown>, order: Dependencies): readonly string[] {
  return dependsOn.filter((urn) => {
    const keepers = mapAt(order.find(urn)?.inputs, "keepers") ?? {};
    return urn.startsWith("random:") && Object.keys(keepers).length > 0;
  });
}

export const rotation: Proof = {
  name: "rotation",
  claim:
    "Generated values and certificates are renewed, and every reader of them, or of a ConfigMap, takes the new ones.",
  check: together(rolled, valuesAreRenewed, configurationRolls, certificatesAreRead, termsMakeSense),
};
