import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, trustService } from "./policy";

export interface FlowLogsArgs {
  readonly vpcId: pulumi.Input<string>;
  /** Name of the log group. */
  readonly logGroup: string;
  /** Days, as CloudWatch Logs knows them. */
  readonly retentionDays: number;
  /** Key that encrypts the log group. */
  readonly keyArn: pulumi.Input<string>;
}

/** Flow logs of a VPC, accepted and refused traffic, in CloudWatch Logs. (C6) */
export class FlowLogs extends pulumi.ComponentResource {
  constructor(name: string, args: FlowLogsArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:FlowLogs", name, {}, opts);
    const child = { parent: this };

    const logGroup = new cloudwatch.LogGroup(
      `${name}-log-group`,
      { name: args.logGroup, retentionInDays: args.retentionDays, kmsKeyId: args.keyArn },
      child,
    );
    const role = new iam.Role(
      `${name}-role`,
      { assumeRolePolicy: trustService("vpc-flow-logs.amazonaws.com") },
      child,
    );
    const permission = new iam.RolePolicy(
      `${name}-write`,
      {
        role: role.id,
        policy: policyDocument([
          {
            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            Resource: pulumi.interpolate`${logGroup.arn}:*`,
          },
        ]),
      },
      child,
    );
    new ec2.FlowLog(
      `${name}-flow-log`,
      {
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: logGroup.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: 60,
        tags: { Name: name },
      },
      { ...child, dependsOn: [permission] },
    );
    this.registerOutputs();
  }
}
