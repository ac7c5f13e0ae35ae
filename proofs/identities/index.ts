import type { Proof } from "../proof";
import { together } from "../verdict";
import { rolesHaveAccounts } from "./accounts";
import { rolesAreForSome } from "./everyone";
import { accountsMay } from "./kubernetes";
import { keysAreNarrow } from "./linode";
import { rolesDoTheirs } from "./roles";
import { servicesMay } from "./service-roles";
import { sessionsFit } from "./sessions";
import { rolesAreTrusted } from "./trust";

export const identities: Proof = {
  name: "identities",
  claim: "Every identity may make the calls that its software makes, and none on others' things.",
  check: together(
    rolesDoTheirs,
    rolesHaveAccounts,
    rolesAreTrusted,
    servicesMay,
    sessionsFit,
    rolesAreForSome,
    keysAreNarrow,
    accountsMay,
  ),
};
