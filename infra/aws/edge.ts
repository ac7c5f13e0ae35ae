import * as cloudfront from "@pulumi/aws/cloudfront";
import type { Provider } from "@pulumi/aws/provider";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { OriginKey } from "../cluster/cluster";
import type { AwsConfig } from "../config/aws";
import { PrivateBucket } from "./bucket";
import { assetLifecycle } from "./bucket-lifecycles";
import { issueCertificate } from "./certificate";
import { WebFirewall } from "./web-firewall";

export interface EdgeArgs {
  readonly config: NonNullable<AwsConfig["edge"]>;
  readonly clusterName: string;
  readonly region: string;
  /** What the assets' bucket is named after. */
  readonly bucketPrefix: string;
  readonly accessLogBucket: pulumi.Input<string>;
  /** The zone that `config.hostName` is in. */
  readonly zoneId: pulumi.Input<string>;
  /** By these headers the ingress knows CloudFront. */
  readonly originKeys: readonly OriginKey[];
  /** CloudFront takes certificates and firewalls from us-east-1 only. */
  readonly usEast1: Provider;
  readonly protectData: boolean;
}

/** Policies that AWS maintains for CloudFront, by their fixed IDs. */
const cachePolicies = {
  cachingOptimized: "658327ea-f89d-4fab-a63d-7e88639e58f6",
  cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
} as const;
/**
 * Everything that the client sent, its `Host` too: the ingress chooses by it, and proves itself by its certificate. And what
 * CloudFront knows of the visitor: `CloudFront-Viewer-Address`. (AllViewerAndCloudFrontHeaders-2022-06)
 */
const forwardEverything = "33f36d7e-f396-46d9-90e0-52428a34d9dc";

/** Seconds that CloudFront keeps a connection that is not used: fewer than the 75 of NGINX, which would end it in use. */
const keepaliveSeconds = 60;

const everyMethod = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
const readMethods = ["GET", "HEAD", "OPTIONS"];

/**
 * CloudFront before the platform: static assets from a private bucket, and, where `apiOrigin` is set, everything else
 * from the ingress. The firewall and AWS Shield Standard stand before both; old TLS is refused. (C13)
 */
export class Edge extends pulumi.ComponentResource {
  /** Where a release uploads the static assets. */
  readonly assetsBucket: pulumi.Output<string>;
  readonly domainName: pulumi.Output<string>;

  constructor(name: string, args: EdgeArgs, opts: pulumi.ComponentResourceOptions) {
    super("ai-platform:aws:Edge", name, {}, opts);
    const child = { parent: this };
    const { config } = args;

    const firewall = new WebFirewall(
      `${name}-firewall`,
      { clusterName: args.clusterName, config },
      { ...child, providers: [args.usEast1] },
    );
    const assetsName = `${args.bucketPrefix}-assets`;
    const certificateArn = issueCertificate(
      name,
      { host: config.hostName, zoneId: args.zoneId, region: args.usEast1 },
      child,
    );
    const access = new cloudfront.OriginAccessControl(
      `${name}-assets`,
      {
        name: `${args.clusterName}-assets`,
        originAccessControlOriginType: "s3",
        signingBehavior: "always",
        signingProtocol: "sigv4",
      },
      child,
    );
    const headers = new cloudfront.ResponseHeadersPolicy(
      `${name}-headers`,
      {
        name: `${args.clusterName}-security`,
        securityHeadersConfig: {
          strictTransportSecurity: {
            accessControlMaxAgeSec: 31_536_000,
            includeSubdomains: true,
            override: true,
          },
          contentTypeOptions: { override: true },
          frameOptions: { frameOption: "DENY", override: true },
          referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
        },
      },
      child,
    );
    const common = {
      viewerProtocolPolicy: "redirect-to-https",
      compress: true,
      responseHeadersPolicyId: headers.id,
    };
    const fromAssets = {
      ...common,
      targetOriginId: "assets",
      allowedMethods: readMethods,
      cachedMethods: readMethods,
      cachePolicyId: cachePolicies.cachingOptimized,
    };
    const fromApi = {
      ...common,
      targetOriginId: "api",
      allowedMethods: everyMethod,
      cachedMethods: readMethods,
      cachePolicyId: cachePolicies.cachingDisabled,
      originRequestPolicyId: forwardEverything,
    };
    const distribution = new cloudfront.Distribution(
      `${name}-distribution`,
      {
        enabled: true,
        comment: args.clusterName,
        aliases: [config.hostName],
        httpVersion: "http2and3",
        isIpv6Enabled: true,
        priceClass: "PriceClass_100",
        webAclId: firewall.arn,
        origins: [
          {
            originId: "assets",
            // Known beforehand: the bucket's policy has to wait for the distribution that it names.
            domainName: `${assetsName}.s3.${args.region}.amazonaws.com`,
            originAccessControlId: access.id,
          },
          ...(config.apiOrigin === undefined
            ? []
            : [
                {
                  originId: "api",
                  domainName: config.apiOrigin,
                  customOriginConfig: {
                    httpPort: 80,
                    httpsPort: 443,
                    originProtocolPolicy: "https-only",
                    originSslProtocols: ["TLSv1.2"],
                    originReadTimeout: config.answerTimeoutSeconds,
                    originKeepaliveTimeout: keepaliveSeconds,
                  },
                  customHeaders: args.originKeys.map(({ header, value }) => ({ name: header, value })),
                },
              ]),
        ],
        defaultCacheBehavior: config.apiOrigin === undefined ? fromAssets : fromApi,
        ...(config.apiOrigin !== undefined && {
          orderedCacheBehaviors: [{ pathPattern: "/static/*", ...fromAssets }],
        }),
        viewerCertificate: {
          acmCertificateArn: certificateArn,
          sslSupportMethod: "sni-only",
          // TLS 1.3 alone: browsers have it since 2018.
          minimumProtocolVersion: "TLSv1.3_2025",
        },
        restrictions: { geoRestriction: { restrictionType: "none" } },
      },
      child,
    );
    const assets = new PrivateBucket(
      `${name}-assets`,
      {
        bucketName: assetsName,
        lifecycleRules: assetLifecycle,
        accessLogs: { bucketName: args.accessLogBucket },
        statements: (bucketArn) => [
          {
            Sid: "CloudFrontReads",
            Principal: { Service: "cloudfront.amazonaws.com" },
            Action: "s3:GetObject",
            Resource: pulumi.interpolate`${bucketArn}/*`,
            Condition: { StringEquals: { "aws:SourceArn": distribution.arn } },
          },
        ],
        protectData: args.protectData,
      },
      child,
    );
    for (const type of ["A", "AAAA"]) {
      new route53.Record(
        `${name}-${type}`,
        {
          zoneId: args.zoneId,
          name: config.hostName,
          type,
          aliases: [
            { name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false },
          ],
        },
        child,
      );
    }

    this.assetsBucket = assets.bucketName;
    this.domainName = distribution.domainName;
    this.registerOutputs({ assetsBucket: this.assetsBucket, domainName: this.domainName });
  }
}
