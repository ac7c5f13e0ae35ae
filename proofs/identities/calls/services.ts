import type { PlannedRole, World } from "../world";
import { type Call, type Caller, calls } from "./call";

/** `models` of `aws-storage-models-replication-role`. */
function purposeOf({ name }: PlannedRole): string {
  return /-storage-(.+)-replication-role$/.exec(name)?.[1] ?? "";
}

function replicates(world: World, role: PlannedRole): readonly Call[] {
  const [source, replica] = [world.bucket(purposeOf(role)), world.bucket(`${purposeOf(role)}-replica`)];
  const over = (region: string) => ({ "kms:ViaService": `s3.${region}.amazonaws.com` });
  return [
    ...calls(["s3:GetReplicationConfiguration", "s3:ListBucket"], source),
    ...calls(
      ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"],
      `${source}/object`,
    ),
    ...calls(["s3:ReplicateObject", "s3:ReplicateTags"], `${replica}/object`),
    { action: "kms:Decrypt", resource: world.key("data").arn, context: over(world.region) },
    ...calls(
      ["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"],
      world.key("replica").arn,
      over(world.replicaRegion),
    ),
  ];
}

/** AWS services that act for the stack. */
export const services: readonly Caller[] = [
  {
    has: ({ name }) => name.endsWith("-replication-role"),
    needs: replicates,
    mustNot: (world, role) => [
      { action: "s3:DeleteObjectVersion", resource: `${world.bucket(`${purposeOf(role)}-replica`)}/object` },
      { action: "s3:GetObjectVersionForReplication", resource: `${world.bucket("access-logs")}/object` },
      { action: "kms:Decrypt", resource: world.key("data").arn },
    ],
    source:
      "S3 user guide, replicating objects encrypted with SSE-KMS: with S3 Bucket Keys the replica's key needs GenerateDataKey and Decrypt too",
  },
  {
    has: ({ name }) => name.endsWith("-flow-logs-role"),
    needs: ({ name }) =>
      calls(
        ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        `arn:aws:cloudwatch/logGroup:LogGroup:${name}-network-flow-logs-log-group:log-stream:a`,
      ),
    mustNot: () => [{ action: "logs:DeleteLogGroup", resource: "*" }],
    source: "VPC user guide, flow logs: IAM role for publishing to CloudWatch Logs",
  },
];
