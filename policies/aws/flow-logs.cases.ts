import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value } from "../value";
import { flowLogs } from "./flow-logs";

const vpc: Sample = { type: "aws:ec2/vpc:Vpc", name: "vpc", properties: { cidrBlock: "10.0.0.0/16" } };

function log(trafficType: Value, of = "vpc"): Sample {
  return {
    type: "aws:ec2/flowLog:FlowLog",
    name: "log",
    properties: { vpcId: `${of}-id`, trafficType },
    dependencies: { vpcId: [of] },
  };
}

const unrecorded = "vpc: no FlowLog records all its traffic: add one with trafficType ALL.";

export const flowLogsCases: Cases = {
  policy: flowLogs,
  catches: [
    { name: "no record", resources: [vpc], violations: [unrecorded] },
    { name: "only what was let in", resources: [vpc, log("ACCEPT")], violations: [unrecorded] },
    {
      name: "another VPC's",
      resources: [vpc, { ...vpc, name: "other" }, log("ALL", "other")],
      violations: [unrecorded],
    },
    {
      name: "one interface's",
      resources: [vpc, { ...log("ALL"), properties: { eniId: "eni-1" }, dependencies: {} }],
      violations: [unrecorded],
    },
  ],
  passes: [{ name: "all of it", resources: [vpc, log("ALL")] }],
  withUnknowns: {
    catches: [
      {
        name: "its range is not known",
        resources: [{ ...vpc, properties: { cidrBlock: unknown } }],
        violations: [unrecorded],
      },
    ],
    passes: [{ name: "what is recorded is not known", resources: [vpc, log(unknown)] }],
  },
  faults: [faults.gone(/:FlowLog$/), faults.set(/:FlowLog$/, "trafficType", "REJECT")],
};
