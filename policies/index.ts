import "./arborist-later";
import { PolicyPack } from "@pulumi/policy";
import { catalogue } from "./catalogue";
import { sdkPolicies } from "./pack";
import { readPropertiesOnce } from "./read-once";
import { readStructsPlainly } from "./read-plainly";

readStructsPlainly();
readPropertiesOnce();
new PolicyPack("ai-platform", { enforcementLevel: "mandatory", policies: sdkPolicies(catalogue) });
