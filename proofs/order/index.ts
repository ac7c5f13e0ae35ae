import type { Proof } from "../proof";
import { together } from "../verdict";
import { nothingWaitsForever } from "./circles";
import { definitionsFirst } from "./definitions";
import { namespacesFirst } from "./first";

export const order: Proof = {
  name: "order",
  claim:
    "Definitions are there before their objects, operators until after them, and nothing waits for what comes later.",
  check: together(definitionsFirst, namespacesFirst, nothingWaitsForever),
};
