import type { ResourcePolicy } from "../policy";
import { at, unknown } from "../value";

interface Configuration {
  readonly maximumHops: number;
}

export const imdsV2: ResourcePolicy<Configuration> = {
  id: "aws-imds-v2",
  scope: "resource",
  what: "Instances give their credentials only for a session token, and not over more hops than allowed.",
  why: "By the older way, one request that an application can be talked into fetches the node's role; over two hops every pod can.",
  severity: "critical",
  standards: ["CIS AWS Foundations 5.6", "NSA/CISA Kubernetes hardening", "K6"],
  remediation: "Set metadataOptions.httpTokens to required and metadataOptions.httpPutResponseHopLimit to 1.",
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
  appliesTo: (type) => ["aws:ec2/launchTemplate:LaunchTemplate", "aws:ec2/instance:Instance"].includes(type),
  *validate({ properties }, { maximumHops }) {
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
