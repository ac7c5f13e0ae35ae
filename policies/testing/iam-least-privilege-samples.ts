import type { Value } from "../value";
import type { Sample } from "./cases";

export function allowing(statement: Value, asJson = true): Sample {
  const document: Value = { Version: "2012-10-17", Statement: [statement] };
  return {
    type: "aws:iam/rolePolicy:RolePolicy",
    properties: { role: "app", policy: asJson ? JSON.stringify(document) : document },
  };
}

export function role(principal: Value, properties = {}): Sample {
  const Statement = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal }];
  return {
    type: "aws:iam/role:Role",
    properties: { assumeRolePolicy: JSON.stringify({ Statement }), ...properties },
  };
}

export const read = { Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::models/*" };

export const wide = "sample: policy statement number 1 allows s3:*: list actions.";

export const overTls: Value = { Bool: { "aws:SecureTransport": "true" } };

export const github = "token.actions.githubusercontent.com";

export function anything(action: string, arn: string): string {
  return `sample: policy statement number 1 allows ${action} on "${arn}": name ARNs in Resource, or narrow it by a Condition on what it is done to.`;
}

/** Policies that allow an action on everything, each with one of several conditions. */
export function conditioned(Action: string, conditions: readonly Value[]): readonly Sample[] {
  return conditions.map((condition) =>
    allowing({ Effect: "Allow", Action, Resource: "*", Condition: condition }),
  );
}

/** A role for identities from GitHub's OIDC provider. */
export function trusting(condition: Value): Sample {
  const Principal = { Federated: `arn:aws:iam::123456789012:oidc-provider/${github}` };
  const Statement = [
    { Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal, Condition: condition },
  ];
  return { type: "aws:iam/role:Role", properties: { assumeRolePolicy: JSON.stringify({ Statement }) } };
}

export const passing = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "iam:PassRole", Resource: "arn:aws:iam::*:role/*" }],
});

/** ARNs of all secrets of an account. */
export const everySecret: readonly string[] = ["secret:*", "*"].map(
  (rest) => `arn:aws:secretsmanager:eu-west-1:123456789012:${rest}`,
);

export const secrets = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "secretsmanager:Get*", Resource: "*" }],
});

export const federated = JSON.stringify({
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" },
    },
  ],
});

export const assumable = JSON.stringify({
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" }],
});

export function association(name: string, type: Value): Sample {
  return {
    type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
    name,
    properties: {
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type },
    },
  };
}
