import { z } from "zod";
import type { Finding, Row } from "../row";
import { messageOf } from "./answer";
import type { PreflightContext } from "./context";
import { clustersOn, findingsOf, isOn } from "./each-cluster";

const principal = z.union([
  z.looseObject({ Role: z.looseObject({ Arn: z.string() }) }).transform(({ Role }) => Role.Arn),
  z.looseObject({ User: z.looseObject({ Arn: z.string() }) }).transform(({ User }) => User.Arn),
]);

/**
 * EKS makes an access entry only for a role or user that IAM has, by its whole ARN. That of a role of single sign-on has a path
 * (`aws-reserved/sso.amazonaws.com/...`), which the name of its sessions does not show.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export const awsAdministratorsRow: Row<PreflightContext> = {
  id: "aws-administrators",
  title: "IAM has every administrator of the cluster, by the ARN that the stack names",
  seed: "001 Security, access; C6",
  appliesTo: isOn("aws"),
  check: (around) =>
    findingsOf(clustersOn(around, "aws"), async ({ name, config: { cluster } }) => {
      const findings: Finding[] = [];
      for (const [index, administrator] of cluster.administrators.entries()) {
        const words = lookup(administrator);
        const answer = await around.output("aws", ...words, "--output", "json").catch(messageOf);
        const found = arnIn(answer);
        if (found === administrator) continue;
        findings.push({
          about: `ai-platform:clusters.${name}.cluster.administrators[${index}]`,
          expected: found ?? "a role or user that IAM has",
          found: found === undefined ? `${administrator}: ${answer}` : administrator,
          look: `aws ${words.join(" ")}`,
        });
      }
      return findings;
    }),
};

function lookup(arn: string): readonly string[] {
  const name = arn.split("/").at(-1) ?? "";
  return /:user\//.test(arn)
    ? ["iam", "get-user", "--user-name", name]
    : ["iam", "get-role", "--role-name", name];
}

function arnIn(text: string): string | undefined {
  try {
    return principal.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
