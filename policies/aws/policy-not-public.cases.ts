import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Value, type Values } from "../value";
import { policyNotPublic } from "./policy-not-public";

function of(type: string, statement: Value, asJson = true): Sample {
  const document: Value = { Version: "2012-10-17", Statement: [statement] };
  return { type: `aws:${type}`, properties: { policy: asJson ? JSON.stringify(document) : document } };
}

const publish = { Effect: "Allow", Action: "sns:Publish", Resource: "*" };
const everybody = { ...publish, Principal: "*" };
const topic = "sns/topicPolicy:TopicPolicy";
const allows =
  "sample: policy statement number 1 allows everybody: name the principals, or add a Condition on who they are.";

function narrowed(condition: Value): Sample {
  return of(topic, { ...everybody, Condition: condition });
}

function permission(properties: Values): Sample {
  return { type: "aws:lambda/permission:Permission", properties };
}

const fromAnyBucket = JSON.stringify({
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "s3.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: "*",
    },
  ],
});

export const policyNotPublicCases: Cases = {
  policy: policyNotPublic,
  catches: [
    {
      name: "everybody, by every kind of policy",
      resources: [
        of(topic, everybody),
        of("sqs/queue:Queue", { ...everybody, Action: "sqs:*", Principal: { AWS: "*" } }),
        of("secretsmanager/secretPolicy:SecretPolicy", { ...everybody, Principal: { AWS: ["1", "*"] } }),
        of("kms/keyPolicy:KeyPolicy", { ...everybody, Principal: { AWS: "arn:aws:iam::*:root" } }),
        of("ecr/repositoryPolicy:RepositoryPolicy", { ...everybody, Principal: { "*": "*" } }, false),
        of("backup/vaultPolicy:VaultPolicy", { ...publish, NotPrincipal: { AWS: "123456789012" } }),
      ],
      violations: Array(6).fill(allows),
    },
    {
      name: "who may push to a public repository, and who may connect to an endpoint service",
      resources: [
        of("ecrpublic/repositoryPolicy:RepositoryPolicy", { ...everybody, Action: "ecr-public:PutImage" }),
        {
          type: "aws:ec2/vpcEndpointService:VpcEndpointService",
          properties: { acceptanceRequired: false, allowedPrincipals: ["*"] },
        },
        {
          type: "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
          properties: { vpcEndpointServiceId: "vpce-svc-1", principalArn: "*" },
        },
      ],
      violations: [
        allows,
        "sample: allowedPrincipals[0] is *, which is everybody: name accounts.",
        "sample: principalArn is *, which is everybody: name accounts.",
      ],
    },
    {
      name: "conditions that narrow nothing",
      resources: [
        narrowed({ StringLike: { "aws:PrincipalOrgID": "*" } }),
        narrowed({ StringEquals: { "aws:PrincipalOrgID": ["$", "{aws:PrincipalOrgID}"].join("") } }),
        narrowed({ StringEqualsIfExists: { "aws:SourceVpce": "vpce-1" } }),
        narrowed({ "ForAllValues:StringEquals": { "aws:SourceAccount": "123456789012" } }),
        narrowed({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } }),
        narrowed({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/admin" } }),
        narrowed({ IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } }),
        narrowed({ StringEquals: { "aws:Referer": "https://example.com" } }),
        narrowed({ StringLike: { "aws:PrincipalOrgID": "o-*" } }),
        narrowed({ StringLike: { "aws:SourceVpce": "vpce-*" } }),
        narrowed({ StringLike: { "aws:PrincipalAccount": "1*" } }),
        narrowed({ StringLike: { "sns:Endpoint": "https://*" } }),
      ],
      violations: Array(12).fill(allows),
    },
    {
      name: "shared with all by a property",
      resources: [
        { type: "aws:ec2/amiLaunchPermission:AmiLaunchPermission", properties: { group: "all" } },
        { type: "aws:lambda/permission:Permission", properties: { function: "f", principal: "*" } },
        { type: "aws:rds/snapshot:Snapshot", properties: { sharedAccounts: ["all"] } },
        {
          type: "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy",
          properties: { type: "data", policy: JSON.stringify([{ Rules: [], Principal: ["*"] }]) },
        },
        {
          type: "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess",
          properties: { state: "unblocked" },
        },
      ],
      violations: [
        "sample: group is all, which is everybody: name accounts.",
        "sample: principal is *, which is everybody: name accounts.",
        "sample: sharedAccounts[0] is all, which is everybody: name accounts.",
        "sample: policy[0].Principal[0] is *, which is everybody: name accounts.",
        "sample: state is unblocked, and then they may be shared with everybody: set block-all-sharing.",
      ],
    },
    {
      name: "services that act for every account",
      resources: [
        permission({ principal: "s3.amazonaws.com" }),
        of("sqs/queuePolicy:QueuePolicy", { ...publish, Principal: { Service: "s3.amazonaws.com" } }),
        of("sqs/queuePolicy:QueuePolicy", { ...publish, Principal: { Service: ["sns.amazonaws.com"] } }),
      ],
      violations: [
        "sample: principal is s3.amazonaws.com, which calls it for every account: set sourceArn or sourceAccount.",
        "sample: policy statement number 1 allows the buckets of every account: add a Condition on aws:SourceArn or aws:SourceAccount.",
        "sample: policy statement number 1 allows the topics of every account: add a Condition on aws:SourceArn or aws:SourceAccount.",
      ],
    },
  ],
  passes: [
    {
      name: "principals that are named, and services",
      resources: [
        of(topic, { ...publish, Principal: { AWS: "arn:aws:iam::123456789012:root" } }),
        of(topic, { ...publish, Principal: { Service: "events.amazonaws.com" } }),
        of(topic, { ...everybody, Effect: "Deny" }),
        of(topic, {
          ...publish,
          Principal: { Service: "s3.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        }),
        permission({ principal: "s3.amazonaws.com", sourceAccount: "123456789012" }),
        permission({ principal: "arn:aws:iam::123456789012:role/caller" }),
      ],
    },
    {
      name: "everybody, but only of an organisation, an account, a network or a file system's own machines",
      resources: [
        narrowed({ StringEquals: { "AWS:PrincipalOrgId": "o-1a2b3c" } }),
        narrowed({ StringEquals: { "AWS:SourceOwner": "123456789012" } }),
        narrowed({ ArnLike: { "aws:SourceArn": "arn:aws:s3:::uploads-*" } }),
        narrowed({ StringLike: { "aws:PrincipalOrgPaths": "o-1a2b3c/*" } }),
        narrowed({ StringLike: { "sns:Endpoint": "*@atlas-financial.com" } }),
        narrowed({ IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
        narrowed({ Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } }),
        {
          type: "aws:lambda/permission:Permission",
          properties: { principal: "*", principalOrgId: "o-1a2b3c" },
        },
        {
          type: "aws:lambda/layerVersionPermission:LayerVersionPermission",
          properties: { principal: "*", organizationId: "o-1a2b3c" },
        },
      ],
    },
    { name: "an endpoint of a network", resources: [of("ec2/vpcEndpoint:VpcEndpoint", everybody)] },
  ],
  withUnknowns: {
    catches: [
      {
        name: "what on is not known, who is",
        resources: [of(topic, { ...everybody, Resource: unknown }, false)],
        violations: [allows],
      },
    ],
    passes: [
      {
        name: "the condition, or what it compares with, is not known",
        resources: [
          of(topic, { ...everybody, Condition: unknown }, false),
          of(topic, { ...everybody, Condition: { StringEquals: { "aws:PrincipalOrgID": unknown } } }, false),
        ],
      },
    ],
  },
  faults: [
    faults.set(/:FileSystemPolicy$/, "policy", faults.everybody),
    faults.set(/kms\/key:Key$/, "policy", faults.everybody),
    faults.beside(/:Vpc$/, "aws:sns/topicPolicy:TopicPolicy", { policy: faults.everybody }),
    faults.beside(/:Vpc$/, "aws:ec2/amiLaunchPermission:AmiLaunchPermission", { group: "all" }),
    faults.beside(/:Vpc$/, "aws:sqs/queuePolicy:QueuePolicy", { policy: fromAnyBucket }),
    faults.beside(/:Vpc$/, "aws:lambda/permission:Permission", { principal: "events.amazonaws.com" }),
  ],
};
