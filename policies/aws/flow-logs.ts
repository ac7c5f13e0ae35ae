import type { StackPolicy } from "../policy";
import type { Resource } from "../resource";
import { all, any, at, type Certainty, equal, unknown } from "../value";

export const flowLogs: StackPolicy = {
  id: "aws-flow-logs",
  scope: "stack",
  what: "Every VPC records who talked to whom.",
  why: "Without the record an intrusion cannot be traced.",
  severity: "medium",
  standards: ["CIS AWS Foundations 3.7", "PCI-DSS 4: 10.2.1", "K6"],
  remediation: "Add an aws.ec2.FlowLog for the VPC with trafficType ALL.",
  *validate(stack) {
    const logs = stack.ofType("aws:ec2/flowLog:FlowLog");
    for (const vpc of stack.ofType("aws:ec2/vpc:Vpc")) {
      const recorded = logs.map((log) => all([isOf(log, vpc), recordsAll(log)]));
      if (any(recorded) === "no") {
        yield { resource: vpc, message: "no FlowLog records all its traffic: add one with trafficType ALL." };
      }
    }
  },
};

/** A VPC has no name to compare; only the dependencies of the log tell which VPC it belongs to. */
function isOf(log: Resource, vpc: Resource): Certainty {
  const sources = log.dependencies.vpcId ?? [];
  if (sources.length > 0) return sources.includes(vpc.urn) ? "yes" : "no";
  return at(log.properties, "vpcId") === undefined && log.properties !== unknown ? "no" : "unknown";
}

function recordsAll({ properties }: Resource): Certainty {
  const traffic = at(properties, "trafficType");
  return traffic === undefined ? "yes" : equal(traffic, "ALL");
}
