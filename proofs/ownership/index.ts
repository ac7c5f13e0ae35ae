import type { Proof } from "../proof";
import { together } from "../verdict";
import { accountsFirst } from "./accounts";
import { budgetsLetGo, oneBudget } from "./budgets";
import { notDeleted } from "./deleted";
import { keptData } from "./kept-data";
import { oneMaker } from "./makers";

export const ownership: Proof = {
  name: "ownership",
  claim: "Each object has one maker, no operator deletes it, and accounts are there before their pods.",
  check: together(oneMaker, notDeleted, oneBudget, budgetsLetGo, accountsFirst, keptData),
};
