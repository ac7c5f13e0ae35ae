import type { Cases, Sample } from "../testing/cases";
import { unknown, type Value } from "../value";
import { iamLeastPrivilege } from "./iam-least-privilege";

function allowing(statement: Value, asJson = true): Sample {
  const document: Value = { Version: "2012-10-17", Statement: [statement] };
  return {
    type: "aws:iam/rolePolicy:RolePolicy",
    properties: { role: "app", policy: asJson ? JSON.stringify(document) : document },
  };
}

function role(principal: Value, properties = {}): Sample {
  const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }];
  return {
    type: "aws:iam/role:Role",
    properties: { assumeRolePolicy: JSON.stringify({ Statement }), ...properties },
  };
}

const read = { Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::models/*" };
const wide = "sample: policy statement number 1 allows s3:*: list actions.";

export const iamLeastPrivilegeCases: Cases = {
  policy: iamLeastPrivilege,
  catches: [
    {
      name: "all that a service can do",
      resources: [allowing({ ...read, Action: ["s3:GetObject", "s3:*"] })],
      violations: [wide],
    },
    {
      name: "everything, and everything but",
      resources: [
        allowing({ Effect: "Allow", Action: "*", Resource: "*", Sid: "Admin" }),
        allowing({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }),
      ],
      violations: [
        'sample: policy statement "Admin" allows *: list actions.',
        "sample: policy statement number 1 allows all but NotAction: list actions.",
      ],
    },
    {
      name: "a change to anything",
      resources: [
        allowing({
          Effect: "Allow",
          Action: ["ec2:DescribeInstances", "ec2:TerminateInstances"],
          Resource: "*",
        }),
      ],
      violations: [
        'sample: policy statement number 1 allows ec2:TerminateInstances on "*": name ARNs in Resource, or narrow it by a Condition.',
      ],
    },
    {
      name: "an administrator by attachment",
      resources: [
        {
          type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
          properties: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
        },
        role(
          { Service: "ec2.amazonaws.com" },
          { managedPolicyArns: ["arn:aws:iam::aws:policy/IAMFullAccess"] },
        ),
      ],
      violations: [
        "sample: policyArn is arn:aws:iam::aws:policy/AdministratorAccess: attach what is needed.",
        "sample: managedPolicyArns holds arn:aws:iam::aws:policy/IAMFullAccess: attach what is needed.",
      ],
    },
    {
      name: "a role for everybody",
      resources: [role("*"), role({ AWS: ["*"] })],
      violations: Array(2).fill(
        "sample: assumeRolePolicy statement number 1 lets everybody in: name the principals.",
      ),
    },
  ],
  passes: [
    { name: "what is needed", resources: [allowing(read), role({ Service: "pods.eks.amazonaws.com" })] },
    {
      name: "looking at all, and changing what carries a tag",
      resources: [
        allowing({
          Effect: "Allow",
          Action: ["ec2:DescribeInstances", "elasticloadbalancing:Describe*"],
          Resource: "*",
        }),
        allowing({
          Effect: "Allow",
          Action: "autoscaling:SetDesiredCapacity",
          Resource: "*",
          Condition: { StringEquals: { "aws:ResourceTag/owner": "cluster" } },
        }),
        allowing({ Effect: "Deny", Action: "*", Resource: "*" }),
      ],
    },
  ],
  withUnknowns: {
    catches: [
      {
        name: "what it may be done to is not known",
        resources: [allowing({ ...read, Action: [unknown, "s3:*"], Resource: unknown }, false)],
        violations: [wide],
      },
    ],
    passes: [
      {
        name: "the condition, or the document, is not known",
        resources: [
          allowing({ Effect: "Allow", Action: "ec2:RunInstances", Resource: "*", Condition: unknown }, false),
          { ...allowing({}), properties: { policy: unknown } },
        ],
      },
    ],
  },
};
