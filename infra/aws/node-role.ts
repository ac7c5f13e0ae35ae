import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { trustService } from "./policy";

/** What a node itself needs: to join its cluster and to pull images. Pods have roles of their own. */
const nodePolicies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"] as const;

/** The IAM role of every node. (C6) */
export class NodeRole extends pulumi.ComponentResource {
  /** ARN of the role, known once all that nodes need is attached. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:NodeRole", name, {}, opts);
    const child = { parent: this };
    const role = new iam.Role(`${name}-role`, { assumeRolePolicy: trustService("ec2.amazonaws.com") }, child);
    const attachments = nodePolicies.map(
      (policy) =>
        new iam.RolePolicyAttachment(
          `${name}-${policy}`,
          { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
          child,
        ).id,
    );
    this.arn = pulumi.all([role.arn, pulumi.all(attachments)]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}
