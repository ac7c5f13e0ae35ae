import type { Proof } from "../proof";
import { together } from "../verdict";
import { nothingWaitsForever } from "./circles";
import { cloudsComeInOrder } from "./clouds";
import { definitionsFirst } from "./definitions";
import { namespacesFirst } from "./first";
import { nothingLeftInClouds } from "./left-in-clouds";
import { startsWaitForOthers } from "./own-service";

export const order: Proof = {
  name: "order",
  claim:
    "Definitions are there before their objects, policies before their role is used, operators and the clouds' controllers until after them, and nothing waits for what comes later.",
  check: together(
    definitionsFirst,
    namespacesFirst,
    nothingLeftInClouds,
    nothingWaitsForever,
    startsWaitForOthers,
    cloudsComeInOrder,
  ),
};
