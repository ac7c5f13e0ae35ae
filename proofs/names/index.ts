import type { Proof } from "../proof";
import { together } from "../verdict";
import { podsFindTheirs } from "./pods";
import { routesLeadSomewhere } from "./routes";

export const names: Proof = {
  name: "names",
  claim: "What refers to something by its name finds it.",
  check: together(podsFindTheirs, routesLeadSomewhere),
};
