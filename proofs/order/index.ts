import type { Proof } from "../proof";
import { together } from "../verdict";
import { nothingWaitsForever } from "./circles";
import { definitionsFirst } from "./definitions";

export const order: Proof = {
  name: "order",
  claim:
    "Definitions are there before their objects, operators until after them, and nothing waits for what comes later.",
  check: together(definitionsFirst, nothingWaitsForever),
};
