import { z } from "zod";
import type { Plan } from "../../model/plan";

/** A CloudFront distribution with an origin in the cluster, and its limits. */
export interface Edge {
  readonly name: string;
  readonly hosts: readonly string[];
  /** Seconds that it waits for an answer to begin, and for each further part. */
  readonly answerSeconds: number;
  /** Whether it forwards everything that the visitor sent, and the visitor's address. */
  readonly passesEverything: boolean;
  /** Headers by which the origin recognizes it. */
  readonly keys: readonly string[];
  /** The firewall's limit for one address, in requests a second on average; undefined means none. */
  readonly requestsPerSecond: number | undefined;
  /** Firewall rules that block by a body's content or size. */
  readonly blocksBodies: readonly string[];
}

const distribution = z.looseObject({
  aliases: z.array(z.string()).default([]),
  webAclId: z.string().optional(),
  defaultCacheBehavior: z.looseObject({
    targetOriginId: z.string(),
    originRequestPolicyId: z.string().optional(),
  }),
  origins: z.array(
    z.looseObject({
      originId: z.string(),
      customHeaders: z.array(z.looseObject({ name: z.string() })).default([]),
      customOriginConfig: z.looseObject({ originReadTimeout: z.number().default(30) }).optional(),
    }),
  ),
});

const override = z.looseObject({ name: z.string() });
const webAcl = z.looseObject({
  rules: z.array(
    z.looseObject({
      statement: z.looseObject({
        rateBasedStatement: z
          .looseObject({ limit: z.number(), evaluationWindowSec: z.number().default(300) })
          .optional(),
        managedRuleGroupStatement: z
          .looseObject({ name: z.string(), ruleActionOverrides: z.array(override).default([]) })
          .optional(),
      }),
    }),
  ),
});

/** Managed policies that forward headers, cookies, queries and `CloudFront-Viewer-Address`. */
const allWithVisitor = "33f36d7e-f396-46d9-90e0-52428a34d9dc";

/**
 * AWS' managed rules on bodies, by rule group.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html (read 2026-11)
 */
const bodyRules: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesCommonRuleSet: [
    "SizeRestrictions_BODY",
    "CrossSiteScripting_BODY",
    "GenericLFI_BODY",
    "GenericRFI_BODY",
    "EC2MetaDataSSRF_BODY",
  ],
  AWSManagedRulesSQLiRuleSet: ["SQLi_BODY", "SQLiExtendedPatterns_BODY"],
};

/** The distributions of a plan that lead to an ingress. */
export function edgesOf(plan: Plan): readonly Edge[] {
  const rules = plan
    .all("aws:wafv2/webAcl:WebAcl", webAcl)
    .flatMap(({ inputs }) => inputs.rules.map(({ statement }) => statement));
  const rates = rules.flatMap(({ rateBasedStatement: rate }) =>
    rate ? [rate.limit / rate.evaluationWindowSec] : [],
  );
  const blocksBodies = rules.flatMap(({ managedRuleGroupStatement: group }) => {
    const overridden = (group?.ruleActionOverrides ?? []).map(({ name }) => name);
    return (bodyRules[group?.name ?? ""] ?? []).filter((rule) => !overridden.includes(rule));
  });
  return plan.all("aws:cloudfront/distribution:Distribution", distribution).flatMap(({ name, inputs }) => {
    const { defaultCacheBehavior, origins, aliases } = inputs;
    const origin = origins.find(({ originId }) => originId === defaultCacheBehavior.targetOriginId);
    if (origin?.customOriginConfig === undefined) return [];
    return [
      {
        name,
        hosts: aliases,
        answerSeconds: origin.customOriginConfig.originReadTimeout,
        passesEverything: defaultCacheBehavior.originRequestPolicyId === allWithVisitor,
        keys: origin.customHeaders.map((header) => header.name),
        requestsPerSecond: rates.length > 0 ? Math.min(...rates) : undefined,
        blocksBodies,
      },
    ];
  });
}
