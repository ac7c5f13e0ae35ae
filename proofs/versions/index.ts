import type { Proof } from "../proof";
import { together } from "../verdict";
import { addonsFit } from "./addons";
import { nodesFit } from "./nodes";

export const versions: Proof = {
  name: "versions",
  claim: "Nodes, add-ons and what acts for the cluster are of a version that its control plane works with.",
  check: together(nodesFit, addonsFit),
};
