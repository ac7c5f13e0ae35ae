import { volumeRules } from "../../facts/volume-rules";
import { clustersOn } from "../../model/clouds";
import type { Model } from "../../model/model";
import type { Plan } from "../../model/plan";
import { bytesOf } from "../../primitives/quantity";
import { type Fault, nameOf } from "../proof";
import { type Check, each } from "../verdict";
import { type ClaimOf, type ClassOf, claimsOf, classOf } from "./claims";

/** Every claim has a class whose driver can create the volume. */
export const volumesAreMade: Check = ({ model, plan }) =>
  each(claimsOf(model), (claim) => {
    const found = faultOf(model, claim, plan);
    return found && { object: `${nameOf(claim.of)}, claim ${claim.name}`, ...found };
  });

function faultOf(model: Model, claim: ClaimOf, plan: Plan | undefined): Omit<Fault, "object"> | undefined {
  const known = classOf(model, claim);
  if (known === undefined) {
    // A cluster of another stack, or a local one, brings its classes itself.
    return model.of("StorageClass").some(({ cluster }) => cluster === claim.of.cluster) &&
      !isForeign(claim, plan)
      ? {
          rule: `its class ${claim.class ?? "(the default)"} is none of the cluster's`,
          source: "Kubernetes, dynamic provisioning: a claim without a class stays Pending",
          fix: "name a class that the foundation makes: fast-ssd, standard, or shared",
        }
      : undefined;
  }
  const rules = volumeRules.find(({ provisioner }) => provisioner === known.provisioner);
  if (rules === undefined) {
    return undefined;
  }
  const impossible = claim.modes.filter((mode) => !rules.accessModes.includes(mode));
  const gibibytes = Math.max(rules.leastGibibytes, Math.ceil(bytesOf(claim.size) / 2 ** 30));
  const rule =
    impossible.length > 0
      ? `${rules.provisioner} gives no volume the access mode ${impossible.join(", ")}; it gives ${rules.accessModes.join(", ")}`
      : (rules.faultOf(withIds(known.parameters, plan)) ?? rules.sizeFaultOf(known.parameters, gibibytes));
  return rule === undefined
    ? undefined
    : {
        rule: `class ${known.name}: ${rule}`,
        source: rules.source,
        fix: "choose another class, or another size",
      };
}

/** In a plan the id of a file system is unknown: its resource's name stands for it. */
function withIds(parameters: ClassOf["parameters"], plan: Plan | undefined): ClassOf["parameters"] {
  const { fileSystemId } = parameters;
  const isPlanned = plan?.resources.some(({ name }) => `${name}-id` === fileSystemId) === true;
  return isPlanned ? { ...parameters, fileSystemId: "fs-0" } : parameters;
}

/** Classes that clusters bring themselves are not among the stack's objects. */
function isForeign({ of }: ClaimOf, plan: Plan | undefined): boolean {
  return plan !== undefined && clustersOn(plan, "local").includes(of.cluster);
}
