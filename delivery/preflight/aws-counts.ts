import { z } from "zod";
import type { AwsConfig } from "../../infra/config/aws";
import type { Finding, Row } from "../row";
import { answerOf } from "./answer";
import type { PreflightContext } from "./context";
import { clustersOn, findingsOf, isOn } from "./each-cluster";

const quota = z.looseObject({ Quota: z.looseObject({ Value: z.number() }) });
const tagged = z.array(
  z.looseObject({ Tags: z.array(z.looseObject({ Key: z.string(), Value: z.string() })).default([]) }),
);

/** Something that an account may have a few of in a region: by default five. */
interface Counted {
  /** AWS's name of the quota. */
  readonly name: string;
  readonly service: "ec2" | "vpc";
  /** AWS's code: the same in every account and region. */
  readonly code: string;
  /** How many a cluster of the stack has. */
  readonly needed: (config: AwsConfig) => number;
  /** How the account's own are listed, and under which key of the answer. */
  readonly list: readonly [command: string, key: string];
}

const counted: readonly Counted[] = [
  {
    name: "EC2-VPC Elastic IPs",
    service: "ec2",
    code: "L-0263D0A3",
    needed: ({ network }) => (network.natGateways === "single" ? 1 : network.zones.length),
    list: ["describe-addresses", "Addresses"],
  },
  {
    name: "VPCs per Region",
    service: "vpc",
    code: "L-F678F1CE",
    needed: () => 1,
    list: ["describe-vpcs", "Vpcs"],
  },
];

/** Quotas that count things, beside what other stacks and people have of them already. */
export const awsCountsRow: Row<PreflightContext> = {
  id: "aws-counts",
  title: "The region has room for the network: its VPC, and an address for each NAT gateway",
  seed: "001 Deployment Scripts, prerequisite validation; C6",
  appliesTo: isOn("aws"),
  check: (around) => {
    const clusters = clustersOn(around, "aws").map(({ config }) => config);
    const regions = [...new Set(clusters.map(({ region }) => region))];
    return findingsOf(regions, async (region) => {
      const there = clusters.filter((one) => one.region === region);
      const findings: Finding[] = [];
      for (const one of counted) findings.push(...(await roomFor(one, there, region, around)));
      return findings;
    });
  },
};

async function roomFor(
  { name, service, code, needed, list: [command, key] }: Counted,
  clusters: readonly AwsConfig[],
  region: string,
  { facts, output }: PreflightContext,
): Promise<readonly Finding[]> {
  const place = ["--region", region, "--output", "json"];
  const words = ["service-quotas", "get-service-quota", "--service-code", service, "--quota-code", code];
  const { Quota } = await answerOf(quota, output, "aws", ...words, ...place);
  const listed = z.looseObject({ [key]: tagged });
  const all = tagged.parse((await answerOf(listed, output, "aws", "ec2", command, ...place))[key]);
  const others = all.filter(
    ({ Tags }) => !Tags.some(({ Key, Value }) => Key === "stack" && Value === facts.stack),
  );
  const wanted = clusters.reduce((sum, config) => sum + needed(config), 0);
  if (others.length + wanted <= Quota.Value) return [];
  return [
    {
      about: `quota "${name}" (${code}) in ${region}`,
      expected: `${others.length + wanted}: ${wanted} for this stack beside ${others.length} of others`,
      found: `${Quota.Value}`,
      look: `aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${others.length + wanted} --region ${region}`,
    },
  ];
}
