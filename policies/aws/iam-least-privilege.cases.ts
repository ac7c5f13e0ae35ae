import type { Cases } from "../testing/cases";
import * as faults from "../testing/faults";
import {
  allowing,
  anything,
  association,
  assumable,
  conditioned,
  everySecret,
  federated,
  github,
  overTls,
  passing,
  read,
  role,
  secrets,
  trusting,
  wide,
} from "../testing/iam-least-privilege-samples";
import { unknown } from "../value";
import { iamLeastPrivilege } from "./iam-least-privilege";

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
        'sample: policy statement number 1 allows ec2:TerminateInstances on "*": name ARNs in Resource, or narrow it by a Condition on what it is done to.',
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
        "sample: managedPolicyArns[0] is arn:aws:iam::aws:policy/IAMFullAccess: attach what is needed.",
      ],
    },
    {
      name: "a role for everybody",
      resources: [role("*"), role({ AWS: ["*"] })],
      violations: Array(2).fill(
        "sample: assumeRolePolicy statement number 1 lets everybody in: name the principals.",
      ),
    },
    {
      name: "everything by a pattern, which no condition excuses",
      resources: [
        allowing({ Effect: "Allow", Action: "*:*", Resource: "*", Condition: overTls }),
        allowing({ Effect: "Allow", Action: "IAM:*", Resource: "arn:aws:iam::123456789012:role/app" }),
        allowing({ effect: "Allow", Effect: "Allow", action: "s3*", resource: "*" }),
      ],
      violations: ["*:*", "IAM:*", "s3*"].map(
        (action) => `sample: policy statement number 1 allows ${action}: list actions.`,
      ),
    },
    {
      name: "anything of a kind, however it is written",
      resources: [
        ...["arn:aws:iam::*:role/*", "arn:aws:iam::123456789012:role/*", "arn:*", "**"].map((Resource) =>
          allowing({ Effect: "Allow", Action: "iam:PassRole", Resource }),
        ),
        allowing({ Effect: "Allow", Action: "s3:DeleteObject", Resource: "arn:aws:s3:::*/*" }),
      ],
      violations: [
        ...["arn:aws:iam::*:role/*", "arn:aws:iam::123456789012:role/*", "arn:*", "**"].map((arn) =>
          anything("iam:PassRole", arn),
        ),
        anything("s3:DeleteObject", "arn:aws:s3:::*/*"),
      ],
    },
    {
      name: "all but some resources",
      resources: [
        allowing({
          Effect: "Allow",
          Action: "iam:PutRolePolicy",
          NotResource: "arn:aws:iam::123456789012:role/x",
        }),
      ],
      violations: [
        "sample: policy statement number 1 allows iam:PutRolePolicy on all but NotResource: name ARNs in Resource.",
      ],
    },
    {
      name: "reading secrets and data of all",
      resources: [
        "secretsmanager:Get*",
        "dynamodb:BatchGetItem",
        "ssm:GetParametersByPath",
        "s3:Get?bject",
      ].map((Action) => allowing({ Effect: "Allow", Action, Resource: "*" })),
      violations: [
        "secretsmanager:Get*",
        "dynamodb:BatchGetItem",
        "ssm:GetParametersByPath",
        "s3:Get?bject",
      ].map((action) => anything(action, "*")),
    },
    {
      name: "secrets of a whole account, by ARN or by a condition",
      resources: [
        ...everySecret.map((Resource) =>
          allowing({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource }),
        ),
        ...conditioned("kms:Decrypt", [
          { StringEquals: { "aws:ResourceAccount": "123456789012" } },
          { StringEquals: { "aws:ResourceOrgID": "o-1a2b3c" } },
        ]),
      ],
      violations: [
        ...everySecret.map((arn) => anything("secretsmanager:GetSecretValue", arn)),
        ...Array<string>(2).fill(anything("kms:Decrypt", "*")),
      ],
    },
    {
      name: "conditions that do not narrow what is acted on",
      resources: conditioned("iam:CreateUser", [
        overTls,
        { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
        { StringNotEquals: { "aws:ResourceTag/env": "prod" } },
        { StringEqualsIfExists: { "aws:ResourceTag/owner": "app" } },
        { StringLike: { "aws:ResourceTag/owner": "*" } },
        { Null: { "aws:ResourceTag/owner": "true" } },
      ]),
      violations: Array(6).fill(anything("iam:CreateUser", "*")),
    },
    {
      name: "an administrator by other attachments",
      resources: [
        {
          type: "aws:iam/policyAttachment:PolicyAttachment",
          properties: { policyArn: "arn:aws-cn:iam::aws:policy/AdministratorAccess" },
        },
        {
          type: "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
          properties: { managedPolicyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
        },
      ],
      violations: [
        "sample: policyArn is arn:aws-cn:iam::aws:policy/AdministratorAccess: attach what is needed.",
        "sample: managedPolicyArn is arn:aws:iam::aws:policy/AmazonS3FullAccess: attach what is needed.",
      ],
    },
    {
      name: "a key that never ends",
      resources: [
        { type: "aws:iam/accessKey:AccessKey", properties: { user: "ci" } },
        { type: "aws:lightsail/bucketAccessKey:BucketAccessKey", properties: { bucketName: "b" } },
        { type: "aws:iam/userLoginProfile:UserLoginProfile", properties: { user: "ci" } },
      ],
      violations: [
        "sample: an access key never ends and can be taken along: let a role be assumed instead.",
        "sample: an access key never ends and can be taken along: let a role be assumed instead.",
        "sample: a user's password never ends and is no part of your directory: let people sign in by a role.",
      ],
    },
    {
      name: "everybody whom a provider of identities knows",
      resources: [
        trusting({}),
        trusting({ StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" } }),
        trusting({ StringLike: { [`${github}:sub`]: "repo:*" } }),
        trusting({ StringEqualsIfExists: { [`${github}:sub`]: "repo:acme/app:ref:refs/heads/main" } }),
      ],
      violations: Array(4).fill(
        `sample: assumeRolePolicy statement number 1 lets in everybody whom arn:aws:iam::123456789012:oidc-provider/${github} knows: add a Condition on the subject, such as "<provider>:sub".`,
      ),
    },
    {
      name: "an administrator of a whole EKS cluster whom the stack does not name",
      resources: [association("admin", "cluster"), association("boss", "cluster")],
      configuration: {
        administrators: [{ names: ["boss*"], reason: "The cluster needs at least one" }],
      },
      violations: [
        "admin: policyArn is arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy for the whole cluster: limit accessScope to namespaces, or name it in administrators.",
      ],
    },
  ],
  passes: [
    {
      name: "changes to all of an account that give away nothing",
      resources: conditioned("ec2:CreateTags", [{ StringEquals: { "aws:ResourceAccount": "123456789012" } }]),
    },
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

    {
      name: "actions that know no resources, and logs of one's own",
      resources: [
        allowing({
          Effect: "Allow",
          Action: ["xray:PutTraceSegments", "ssmmessages:OpenDataChannel", "cloudwatch:PutMetricData"],
          Resource: "*",
        }),
        allowing({ Effect: "Allow", Action: ["logs:PutLogEvents"], Resource: "arn:aws:logs:*:*:*" }),
      ],
    },
    {
      name: "conditions on what is acted on",
      resources: conditioned("iam:PassRole", [
        { StringEquals: { "iam:PassedToService": "eks.amazonaws.com" } },
        { "ForAnyValue:StringLike": { "aws:ResourceTag/owner": "app-*" } },
        { Null: { "aws:RequestTag/owner": "false" } },
      ]),
    },
    {
      name: "a subject of a provider of identities, and a boundary",
      resources: [
        trusting({ StringLike: { [`${github}:sub`]: "repo:acme/app:*" } }),
        role(
          { Service: "ec2.amazonaws.com" },
          { permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" },
        ),
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
  faults: [
    faults.set(/:RolePolicy$/, "policy", passing),
    faults.set(/:RolePolicy$/, "policy", secrets),
    faults.set(/iam\/role:Role$/, "assumeRolePolicy", federated),
    faults.beside(/:Vpc$/, "aws:iam/accessKey:AccessKey", { user: "ci" }),
    faults.set(/:RolePolicy$/, "policy", faults.everything),
    faults.set(/:RolePolicyAttachment$/, "policyArn", "arn:aws:iam::aws:policy/AdministratorAccess"),
    faults.set(/iam\/role:Role$/, "assumeRolePolicy", assumable),
  ],
};
