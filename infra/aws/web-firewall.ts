import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as wafv2 from "@pulumi/aws/wafv2";
import * as pulumi from "@pulumi/pulumi";
import type { AwsConfig } from "../config/aws";

export interface WebFirewallArgs {
  /** What the firewall is named after; unique in the account. */
  readonly clusterName: string;
  readonly config: NonNullable<AwsConfig["edge"]>;
}

/**
 * Rule groups that AWS keeps up to date, in the order in which a request meets them. Reputation first: it is the
 * cheapest way to be rid of a botnet.
 */
export const managedRuleGroups = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesCommonRuleSet",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesSQLiRuleSet",
] as const;

/**
 * Rules of those groups that only count, because the services must receive what they would block. 000 and 003
 * allow bodies of 50 MB, and what people ask a model may hold markup, SQL, paths and addresses: in a body these are text. In
 * paths, queries, headers and cookies the same rules block.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const countedRules: Readonly<Partial<Record<(typeof managedRuleGroups)[number], readonly string[]>>> =
  {
    AWSManagedRulesCommonRuleSet: [
      // Blocks bodies over 8 KB.
      "SizeRestrictions_BODY",
      "CrossSiteScripting_BODY",
      "GenericLFI_BODY",
      "GenericRFI_BODY",
      "EC2MetaDataSSRF_BODY",
    ],
    AWSManagedRulesSQLiRuleSet: ["SQLi_BODY", "SQLiExtendedPatterns_BODY"],
  };

const rateWindowSeconds = 600;

/**
 * A web application firewall for CloudFront: AWS's own rule groups, and a limit on what one address may ask for. Every
 * decision is logged, without the headers that hold credentials. (C13)
 */
export class WebFirewall extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: WebFirewallArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:WebFirewall", name, {}, opts);
    const child = { parent: this };
    const visibility = (metricName: string) => ({
      cloudwatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
      metricName,
    });

    const acl = new wafv2.WebAcl(
      `${name}-acl`,
      {
        name: `${args.clusterName}-edge`,
        scope: "CLOUDFRONT",
        defaultAction: { allow: {} },
        visibilityConfig: visibility(`${args.clusterName}-edge`),
        rules: [
          {
            name: "rate-limit",
            priority: 0,
            action: { block: {} },
            statement: {
              rateBasedStatement: {
                aggregateKeyType: "IP",
                limit: args.config.requestsPerTenMinutes,
                evaluationWindowSec: rateWindowSeconds,
              },
            },
            visibilityConfig: visibility("rate-limit"),
          },
          ...managedRuleGroups.map((group, index) => ({
            name: group,
            priority: index + 1,
            overrideAction: { none: {} },
            statement: {
              managedRuleGroupStatement: {
                vendorName: "AWS",
                name: group,
                ...(countedRules[group] && {
                  ruleActionOverrides: countedRules[group].map((name) => ({
                    name,
                    actionToUse: { count: {} },
                  })),
                }),
              },
            },
            visibilityConfig: visibility(group),
          })),
        ],
      },
      child,
    );
    const logGroup = new cloudwatch.LogGroup(
      `${name}-logs`,
      // AWS WAF writes only into log groups whose names begin like this.
      { name: `aws-waf-logs-${args.clusterName}-edge`, retentionInDays: 30 },
      child,
    );
    new wafv2.WebAclLoggingConfiguration(
      `${name}-logging`,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [logGroup.arn],
        redactedFields: [{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }],
      },
      child,
    );
    this.arn = acl.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
