import { z } from "zod";
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
    appliesTo: ({ facts }) => facts.aws !== undefined,
    check: async ({ facts, output }) => {
      const expected = facts.aws?.accountId ?? "";
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
                expected: `account ${expected} (aws.accountId)`,
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
    appliesTo: ({ facts }) => facts.aws !== undefined,
    check: async ({ facts, output }) => {
      const findings: Finding[] = [];
      for (const { name, code, vcpus } of vcpuNeeds(facts)) {
        const words = ["service-quotas", "get-service-quota", "--service-code", "ec2", "--quota-code", code];
        const command = [...words, "--region", facts.aws?.region ?? "", "--output", "json"];
        const { Quota } = quota.parse(JSON.parse(await output("aws", ...command)));
        if (Quota.Value < vcpus) {
          findings.push({
            about: `EC2 quota "${name}" (${code})`,
            expected: `${vcpus} vCPUs`,
            found: `${Quota.Value}`,
            look: `aws service-quotas request-service-quota-increase --service-code ec2 --quota-code ${code} --desired-value ${vcpus} --region ${facts.aws?.region}`,
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
