import { z } from "zod";
import {
  lean,
  leanWith,
  policyIn,
  production,
  type RecordedPlatform,
  recordPlatform,
} from "../../test/support/recorded/aws-platform";

// Describing a whole platform takes seconds on a busy machine.
jest.setTimeout(120_000);

let prod: RecordedPlatform;
beforeAll(async () => {
  prod = await recordPlatform(production);
});

describe("edge (C13)", () => {
  test("stands behind a firewall with AWS's rules and a limit for each address, its log without credentials", () => {
    const { inputs } = prod.one("wafv2/webAcl:WebAcl");
    expect(inputs.scope).toBe("CLOUDFRONT");
    expect(inputs.rules).toMatchObject([
      {
        name: "rate-limit",
        action: { block: {} },
        statement: {
          rateBasedStatement: { limit: 60_000, evaluationWindowSec: 600, aggregateKeyType: "IP" },
        },
      },
      { name: "AWSManagedRulesAmazonIpReputationList", overrideAction: { none: {} } },
      { name: "AWSManagedRulesCommonRuleSet" },
      { name: "AWSManagedRulesKnownBadInputsRuleSet" },
      { name: "AWSManagedRulesSQLiRuleSet" },
    ]);
    expect(
      prod.one("wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs.redactedFields,
    ).toEqual([{ singleHeader: { name: "authorization" } }, { singleHeader: { name: "cookie" } }]);
    expect(prod.one("cloudfront/distribution:Distribution").inputs.webAclId).toBe(
      "arn:mocked:WebAcl/aws-edge-firewall-acl",
    );
  });

  test("takes TLS 1.3 alone (001), and serves assets from a bucket that only it can read", () => {
    const { inputs } = prod.one("cloudfront/distribution:Distribution");
    expect(inputs).toMatchObject({
      viewerCertificate: { minimumProtocolVersion: "TLSv1.3_2025", sslSupportMethod: "sni-only" },
      defaultCacheBehavior: { targetOriginId: "api", viewerProtocolPolicy: "redirect-to-https" },
      orderedCacheBehaviors: [{ pathPattern: "/static/*", targetOriginId: "assets" }],
    });
    expect(policyIn(prod.one("s3/bucketPolicy:BucketPolicy", "edge-assets")).Statement[1]).toMatchObject({
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Condition: { StringEquals: { "aws:SourceArn": "arn:mocked:Distribution/aws-edge-distribution" } },
    });
  });

  test("passes on what the seeds allow: large bodies that hold any text, and answers that take their time (000, 003)", () => {
    const rules = z
      .array(
        z.looseObject({
          name: z.string(),
          statement: z.looseObject({
            managedRuleGroupStatement: z
              .looseObject({
                ruleActionOverrides: z
                  .array(
                    z.looseObject({ name: z.string(), actionToUse: z.strictObject({ count: z.object({}) }) }),
                  )
                  .default([]),
              })
              .optional(),
          }),
        }),
      )
      .parse(prod.one("wafv2/webAcl:WebAcl").inputs.rules);
    const counted = rules.flatMap(({ statement }) =>
      (statement.managedRuleGroupStatement?.ruleActionOverrides ?? []).map(({ name }) => name),
    );
    expect(counted).toContain("SizeRestrictions_BODY");
    // In paths, queries and headers they go on blocking.
    expect(counted.filter((name) => !name.endsWith("_BODY"))).toEqual([]);
    expect(prod.one("cloudfront/distribution:Distribution").inputs).toMatchObject({
      defaultCacheBehavior: {
        // Never from a cache, and with everything that the visitor sent: WebSockets' headers too.
        cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        originRequestPolicyId: "33f36d7e-f396-46d9-90e0-52428a34d9dc",
      },
    });
  });

  test("proves itself to the ingress, and waits for it as long as CloudFront does without a higher quota", () => {
    const { origins } = prod.one("cloudfront/distribution:Distribution").inputs;
    expect(z.looseObject({ value: z.array(z.unknown()) }).parse(origins).value).toContainEqual(
      expect.objectContaining({
        domainName: "origin.atlas-financial.com",
        customHeaders: [{ name: "X-Origin-Key-1", value: "a key" }],
        customOriginConfig: expect.objectContaining({
          originProtocolPolicy: "https-only",
          originReadTimeout: 120,
          originKeepaliveTimeout: 60,
        }),
      }),
    );
    expect(prod.platform.cluster.edge).toEqual({
      host: "cdn.atlas-financial.com",
      answerTimeoutSeconds: 120,
    });
  });

  test("load balancers with a host in the zone get a certificate of the cluster's own region", () => {
    const certificates = prod.all("acm/certificate:Certificate").map(({ inputs }) => inputs.domainName);
    expect(certificates.toSorted()).toEqual(["cdn.atlas-financial.com", "market-data.atlas-financial.com"]);
    expect(Object.keys(prod.platform.cluster.certificates ?? {})).toEqual([
      "market-data.atlas-financial.com",
    ]);
  });

  test("serves static assets alone where no ingress is named", async () => {
    const recorded = await recordPlatform(
      leanWith({
        dns: production.dns,
        edge: { hostName: "cdn.atlas-financial.com", requestsPerTenMinutes: 5000 },
      }),
    );
    const { inputs } = recorded.one("cloudfront/distribution:Distribution");
    expect(inputs.origins).toHaveLength(1);
    expect(inputs.defaultCacheBehavior).toMatchObject({ targetOriginId: "assets" });
    expect(inputs).not.toHaveProperty("orderedCacheBehaviors");
  });

  test("takes firewall and certificate from us-east-1, wherever the cluster is", async () => {
    const recorded = await recordPlatform(
      leanWith({
        region: "eu-west-1",
        dns: production.dns,
        edge: production.edge,
        network: { cidr: "10.20.0.0/16", zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
      }),
    );
    expect(recorded.one("wafv2/webAcl:WebAcl").provider).toContain("aws-us-east-1");
    expect(recorded.one("acm/certificate:Certificate", "edge-certificate").provider).toContain(
      "aws-us-east-1",
    );
    expect(recorded.one("eks/cluster:Cluster").provider).toContain("aws-eu-west-1");
  });

  test("is not there unless asked for, nor is the zone", async () => {
    const recorded = await recordPlatform(lean);
    expect(recorded.all("cloudfront/distribution:Distribution")).toEqual([]);
    expect(recorded.all("route53/zone:Zone")).toEqual([]);
    expect(recorded.platform.shown.NameServers).toBeUndefined();
    expect(recorded.resources.filter(({ name }) => name.includes("external-dns"))).toEqual([]);
  });

  test("lives in a zone that exists already, where one is named", async () => {
    const recorded = await recordPlatform(
      leanWith({ dns: { zone: "atlas-financial.com", existingZoneId: "Z0123456789ABC" } }),
    );
    expect(recorded.all("route53/zone:Zone")).toEqual([]);
    expect(policyIn(recorded.one("iam/rolePolicy:RolePolicy", "external-dns")).Statement[0]?.Resource).toBe(
      "arn:aws:route53:::hostedzone/Z0123456789ABC",
    );
  });
});
