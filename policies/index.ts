import { PolicyPack } from "@pulumi/policy";
import { catalogue } from "./catalogue";
import { sdkPolicies } from "./pack";

new PolicyPack("ai-platform", { enforcementLevel: "mandatory", policies: sdkPolicies(catalogue) });
