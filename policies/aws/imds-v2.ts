import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

interface Configuration {
  readonly maximumHops: number;
}

const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
const machines =
  /^aws:ec2\/(launchTemplate:LaunchTemplate|instance:Instance|launchConfiguration:LaunchConfiguration|spotInstanceRequest:SpotInstanceRequest)$/;

export const imdsV2: ResourcePolicy<Configuration> = {
  id: "aws-imds-v2",
  scope: "resource",
  what: "Instances give their credentials only for a session token, and not over more hops than allowed.",
  why: "By the older way, one request that an application can be talked into fetches the node's role; over two hops every pod can.",
  severity: "critical",
  standards: ["CIS AWS Foundations 5.6", "NSA/CISA Kubernetes hardening", "K6"],
  remediation:
    "Set metadataOptions.httpTokens to required and metadataOptions.httpPutResponseHopLimit to 1, and name such a launch template in node groups.",
  configuration: {
    maximumHops: {
      type: "integer",
      minimum: 1,
      default: 1,
      description:
        "The most hops that the answer may travel; with 2 it reaches pods that are not on the host's network.",
    },
  },
  remediates: "Sets metadataOptions.httpTokens to required.",
  appliesTo: (type) => type === nodeGroup || machines.test(type),
  *validate({ type, properties }, { maximumHops }) {
    if (type === nodeGroup) {
      if (properties !== unknown && at(properties, "launchTemplate") === undefined) {
        yield "launchTemplate is not set, and EKS's own allows two hops: name one whose metadataOptions demand a token and one hop.";
      }
      return;
    }
    const options = at(properties, "metadataOptions");
    if (options === unknown || at(options, "httpEndpoint") === "disabled") return;
    const endpoint = at(options, "httpEndpoint");
    const tokens = at(options, "httpTokens");
    if (endpoint !== unknown && tokens !== "required" && tokens !== unknown) {
      const message = 'metadataOptions.httpTokens is not "required": set it.';
      yield { message, path: "metadataOptions.httpTokens", value: "required" };
    }
    const hops = at(options, "httpPutResponseHopLimit");
    if (endpoint !== unknown && typeof hops === "number" && hops > maximumHops) {
      yield `metadataOptions.httpPutResponseHopLimit is ${hops}: set ${maximumHops}.`;
    }
  },
};
