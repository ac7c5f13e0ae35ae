import type { Proof } from "../proof";
import { together } from "../verdict";
import { autoscalersScale } from "./autoscaling";
import { boardsAreFound } from "./boards";
import { cardsAreEnough } from "./cards";
import { certificatesAreForNames } from "./certificate-names";
import { customResourcesFindTheirs } from "./custom-resources";
import { placesAreEnough } from "./domains";
import { grantsAndClassesAreThere } from "./grants";
import { metricsAreServed } from "./metrics";
import { mountsAreThere } from "./mounts";
import { neighboursAreThere } from "./neighbours";
import { poolsAreThere } from "./placement";
import { podsNameWhatIsThere } from "./pod-names";
import { podsFindTheirs } from "./pods";
import { messagesArrive } from "./queues";
import { quotasSuffice } from "./quotas";
import { podsHaveRoom } from "./room";
import { routesLeadSomewhere } from "./routes";
import { filesAreThere } from "./scripts";
import { portsAndPodsAreThere } from "./services";
import { rolesHaveTokens } from "./tokens";
import { watchersSelect } from "./watched";

export const names: Proof = {
  name: "names",
  claim: "What refers to something by its name finds it.",
  check: together(
    podsFindTheirs,
    routesLeadSomewhere,
    portsAndPodsAreThere,
    grantsAndClassesAreThere,
    poolsAreThere,
    podsHaveRoom,
    placesAreEnough,
    neighboursAreThere,
    quotasSuffice,
    customResourcesFindTheirs,
    messagesArrive,
    certificatesAreForNames,
    podsNameWhatIsThere,
    mountsAreThere,
    filesAreThere,
    rolesHaveTokens,
    autoscalersScale,
    metricsAreServed,
    watchersSelect,
    boardsAreFound,
    cardsAreEnough,
  ),
};
