import { type LinodeRegion, linodeRegion } from "../../../facts/linode-regions";
import { failure, type Rule } from "../../clouds/table";
import { texts } from "../../clouds/values";

/** The region is one that the facts know, and offers what the resource needs. */
export function regionWith(capability?: "objectStorage" | "vpc" | "managedDatabases"): Rule {
  return (inputs) =>
    texts(inputs, "region").flatMap((id) => {
      const region: LinodeRegion | undefined = linodeRegion(id);
      if (!region) {
        return [failure("region", `"${id}" is not a region with LKE (facts/linode-regions.ts)`)];
      }
      if (capability === undefined || region[capability]) return [];
      return [failure("region", `${id} (${region.label}) does not offer ${words[capability]}`)];
    });
}

const words = {
  objectStorage: "Object Storage",
  vpc: "VPCs",
  managedDatabases: "managed databases",
} as const;
