import type { Proof } from "../proof";
import { together } from "../verdict";
import { accountsFirst } from "./accounts";
import { budgetsLetGo, oneBudget } from "./budgets";
import { cloudNamesDiffer } from "./cloud-names";
import { notDeleted } from "./deleted";
import { keptData } from "./kept-data";
import { oneMaker } from "./makers";

export const ownership: Proof = {
  name: "ownership",
  claim: "Each object has one maker, no operator deletes it, and accounts are there before their pods.",
  check: together(oneMaker, cloudNamesDiffer, notDeleted, oneBudget, budgetsLetGo, accountsFirst, keptData),
};
