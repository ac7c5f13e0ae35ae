import type { Proof } from "../proof";
import { together } from "../verdict";
import { cardsAreEnough } from "./cards";
import { grantsAndClassesAreThere } from "./grants";
import { poolsAreThere } from "./placement";
import { podsFindTheirs } from "./pods";
import { routesLeadSomewhere } from "./routes";
import { portsAndPodsAreThere } from "./services";

export const names: Proof = {
  name: "names",
  claim: "What refers to something by its name finds it.",
  check: together(
    podsFindTheirs,
    routesLeadSomewhere,
    portsAndPodsAreThere,
    grantsAndClassesAreThere,
    poolsAreThere,
    cardsAreEnough,
  ),
};
