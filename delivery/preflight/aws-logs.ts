import { z } from "zod";
import type { AwsConfig } from "../../infra/config/aws";
import type { Finding, Row } from "../row";
import { answerOf, messageOf } from "./answer";
import type { PreflightContext } from "./context";
import { clustersOn, findingsOf, isOn } from "./each-cluster";

const groups = z.looseObject({ logGroups: z.array(z.looseObject({ logGroupName: z.string() })) });

/**
 * EKS writes the last of a cluster's logs after deleting the cluster, and recreates its log group for that,
 * under its own role, which no policy of a stack reaches. The next `up` would fail, because the stack creates
 * the group itself, encrypted and with a retention.
 *
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2763
 */
export const awsLogsRow: Row<PreflightContext> = {
  id: "aws-cluster-logs",
  title: "No log group is left of a cluster that is gone",
  seed: "001 Deployment Scripts, prerequisite validation; C6",
  appliesTo: isOn("aws"),
  check: (around) => findingsOf(clustersOn(around, "aws"), ({ config }) => leftOver(config, around)),
};

async function leftOver(
  { region, cluster: { name } }: AwsConfig,
  { output }: PreflightContext,
): Promise<readonly Finding[]> {
  const group = `/aws/eks/${name}/cluster`;
  const place = ["--region", region, "--output", "json"];
  const words = ["logs", "describe-log-groups", "--log-group-name-prefix", group, ...place];
  const { logGroups } = await answerOf(groups, output, "aws", ...words);
  if (!logGroups.some(({ logGroupName }) => logGroupName === group)) {
    return [];
  }
  const found = await output("aws", "eks", "describe-cluster", "--name", name, ...place).then(
    () => "",
    messageOf,
  );
  return /ResourceNotFoundException/.test(found)
    ? [
        {
          about: `the log group ${group}`,
          expected: `none, as there is no cluster ${name}`,
          found: "EKS made it again when it wrote the last of that cluster's logs",
          look: `aws logs delete-log-group --log-group-name ${group} --region ${region}`,
        },
      ]
    : [];
}
