import { z } from "zod";
import { clustersIn } from "../../infra/config/clusters";
import { type Finding, type Row, verdictOf } from "../row";
import { messageOf } from "./answer";
import type { PreflightContext } from "./context";
import { vcpuNeeds } from "./vcpus";

const seed = "001 Deployment Scripts, prerequisite validation; C6";
const identity = z.looseObject({ Account: z.string(), Arn: z.string() });
const quota = z.looseObject({ Quota: z.looseObject({ Value: z.number() }) });

/** Whose credentials these are, and what the account allows the stack. */
export const awsRows: readonly Row<PreflightContext>[] = [
  {
    id: "aws-account",
    title: "The AWS credentials are those of the stack's account",
    seed,
    appliesTo: ({ facts }) => clustersIn(facts.clusters, "aws").length > 0,
    check: async ({ facts, output }) => {
      // All clusters of a stack on AWS are in one account.
      const [{ name = "", config } = {}] = clustersIn(facts.clusters, "aws");
      const expected = config?.accountId ?? "";
      const look = "aws sts get-caller-identity";
      const answer = await output("aws", "sts", "get-caller-identity", "--output", "json").catch(messageOf);
      const parsed = identity.safeParse(jsonOf(answer));
      if (!parsed.success) {
        return verdictOf([
          { about: "AWS credentials", expected: `account ${expected}`, found: answer, look },
        ]);
      }
      const { Account, Arn } = parsed.data;
      return verdictOf(
        Account === expected
          ? []
          : [
              {
                about: Arn,
                expected: `account ${expected} (clusters.${name}.accountId)`,
                found: `account ${Account}`,
                look,
              },
            ],
      );
    },
  },
  {
    id: "aws-quotas",
    title: "The account's vCPU quotas have room for every pool at its largest",
    seed: `${seed}; C3`,
    appliesTo: ({ facts }) => clustersIn(facts.clusters, "aws").length > 0,
    check: async ({ facts, output }) => {
      const findings: Finding[] = [];
      const clusters = clustersIn(facts.clusters, "aws").map(({ config }) => config);
      const regions = [...new Set(clusters.map(({ region }) => region))];
      const needs = regions.flatMap((region) =>
        vcpuNeeds(clusters.filter((one) => one.region === region)).map((need) => ({ region, ...need })),
      );
      for (const { region, name, code, vcpus } of needs) {
        const words = ["service-quotas", "get-service-quota", "--service-code", "ec2", "--quota-code", code];
        const command = [...words, "--region", region, "--output", "json"];
        const { Quota } = quota.parse(JSON.parse(await output("aws", ...command)));
        if (Quota.Value < vcpus) {
          findings.push({
            about: `EC2 quota "${name}" (${code})`,
            expected: `${vcpus} vCPUs`,
            found: `${Quota.Value}`,
            look: `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code ${code} --desired-value ${vcpus} --region ${region}`,
          });
        }
      }
      return verdictOf(findings);
    },
  },
];

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
