import { createHash } from "node:crypto";
import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "./policy";

export interface PodRoleArgs {
  /** The cluster whose pods may take the role on. */
  readonly clusterArn: pulumi.Input<string>;
  readonly namespace: string;
  readonly serviceAccount: string;
  /**
   * What the pods may do, and nothing else.
   * @default []
   */
  readonly statements?: readonly Statement[];
  /**
   * ARNs of policies that AWS maintains, where it knows best what its own component needs.
   * @default []
   */
  readonly managedPolicyArns?: readonly string[];
}

/**
 * An IAM role that the pods of one service account of one cluster can take on, by EKS Pod Identity: short-lived
 * credentials and no keys in pods (C6). The trust names cluster, namespace and service account, so that a mistaken
 * association elsewhere does not open the role. No OIDC provider is needed: that is only for the older way, IAM roles
 * for service accounts.
 *
 * The add-ons of EKS make the association themselves; everything else uses `WorkloadRole`.
 */
export class PodRole extends pulumi.ComponentResource {
  /** ARN of the role, known once everything it allows is attached. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: PodRoleArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:PodRole", name, {}, opts);
    const child = { parent: this };

    const role = new iam.Role(
      `${name}-role`,
      {
        ...roleName(`${name}-role`),
        description: `Pods of ${args.namespace}/${args.serviceAccount}`,
        assumeRolePolicy: policyDocument([
          {
            Principal: { Service: "pods.eks.amazonaws.com" },
            Action: ["sts:AssumeRole", "sts:TagSession"],
            Condition: {
              StringEquals: {
                "aws:RequestTag/eks-cluster-arn": args.clusterArn,
                "aws:RequestTag/kubernetes-namespace": args.namespace,
                "aws:RequestTag/kubernetes-service-account": args.serviceAccount,
              },
            },
          },
        ]),
      },
      child,
    );
    const attachments = (args.managedPolicyArns ?? []).map(
      (policyArn) =>
        new iam.RolePolicyAttachment(
          `${name}-${policyArn.split("/").pop()}`,
          { role: role.name, policyArn },
          child,
        ).id,
    );
    const statements = args.statements ?? [];
    const inline =
      statements.length === 0
        ? []
        : [
            new iam.RolePolicy(`${name}-policy`, { role: role.id, policy: policyDocument(statements) }, child)
              .id,
          ];

    this.arn = pulumi.all([role.arn, pulumi.all([...attachments, ...inline])]).apply(([arn]) => arn);
    this.registerOutputs({ arn: this.arn });
  }
}

/** Characters of a role's name, of which the engine takes 8 to tell it apart. */
const longestName = 64 - 8;

/**
 * How a role is named: after its resource by the engine, or, where that is too long for IAM, by its beginning and a digest of the
 * rest.
 */
export function roleName(resource: string): { readonly namePrefix?: string } {
  if (resource.length <= longestName) return {};
  const digest = createHash("sha256").update(resource).digest("hex").slice(0, 7);
  return { namePrefix: `${resource.slice(0, 29)}-${digest}-` };
}

export interface WorkloadRoleArgs extends PodRoleArgs {
  readonly clusterName: pulumi.Input<string>;
}

/** A `PodRole`, and the association that hands it to the pods of its service account. */
export class WorkloadRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: WorkloadRoleArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:WorkloadRole", name, {}, opts);
    this.arn = new PodRole(name, args, { parent: this }).arn;
    new eks.PodIdentityAssociation(
      `${name}-association`,
      {
        clusterName: args.clusterName,
        namespace: args.namespace,
        serviceAccount: args.serviceAccount,
        roleArn: this.arn,
      },
      { parent: this },
    );
    this.registerOutputs({ arn: this.arn });
  }
}
