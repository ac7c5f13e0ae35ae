import * as pulumi from "@pulumi/pulumi";

/** One statement of an IAM or resource policy, in IAM's own words. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect?: "Allow" | "Deny";
  readonly Principal?: pulumi.Input<"*" | Readonly<Record<string, pulumi.Input<string>>>>;
  readonly Action: string | readonly string[];
  readonly Resource?: pulumi.Input<string> | readonly pulumi.Input<string>[];
  readonly Condition?: pulumi.Input<
    Readonly<Record<string, Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>>>
  >;
}

/** A policy document; a statement without an effect allows. */
export function policyDocument(statements: readonly Statement[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })),
  });
}

/** The trust policy of a role that an AWS service takes on. */
export function trustService(service: string): pulumi.Output<string> {
  return policyDocument([{ Principal: { Service: service }, Action: "sts:AssumeRole" }]);
}
