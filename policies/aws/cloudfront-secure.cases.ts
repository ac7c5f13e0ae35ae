import type { Cases, Sample } from "../testing/cases";
import * as faults from "../testing/faults";
import { unknown, type Values } from "../value";
import { cloudfrontSecure } from "./cloudfront-secure";

function distribution(overrides: Values): Sample {
  return {
    type: "aws:cloudfront/distribution:Distribution",
    properties: {
      defaultCacheBehavior: { viewerProtocolPolicy: "redirect-to-https" },
      viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021" },
      origins: [{ customOriginConfig: { originProtocolPolicy: "https-only" } }, { domainName: "bucket" }],
      webAclId: "arn:aws:wafv2:::webacl/1",
      ...overrides,
    },
  };
}

const bare = "sample: webAclId is not set: name a web ACL.";

export const cloudfrontSecureCases: Cases = {
  policy: cloudfrontSecure,
  catches: [
    { name: "no firewall", resources: [distribution({ webAclId: null })], violations: [bare] },
    {
      name: "plain HTTP before one path",
      resources: [distribution({ orderedCacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }] })],
      violations: [
        "sample: orderedCacheBehaviors[0].viewerProtocolPolicy is allow-all: set redirect-to-https.",
      ],
    },
    {
      name: "plain HTTP on both sides, and old TLS",
      resources: [
        distribution({
          defaultCacheBehavior: { viewerProtocolPolicy: "allow-all" },
          orderedCacheBehaviors: [{ viewerProtocolPolicy: "allow-all" }],
          viewerCertificate: { cloudfrontDefaultCertificate: true },
          origins: [{ customOriginConfig: { originProtocolPolicy: "match-viewer" } }],
        }),
      ],
      violations: [
        "sample: defaultCacheBehavior.viewerProtocolPolicy is allow-all: set redirect-to-https.",
        "sample: orderedCacheBehaviors[0].viewerProtocolPolicy is allow-all: set redirect-to-https.",
        "sample: viewerCertificate.minimumProtocolVersion is not set: set TLSv1.2_2021.",
        "sample: origins[0].customOriginConfig.originProtocolPolicy is match-viewer: set https-only.",
      ],
    },

    {
      name: "old protocols to the origin, and an empty name of a firewall",
      resources: [
        distribution({
          origins: [
            {
              customOriginConfig: {
                originProtocolPolicy: "https-only",
                originSslProtocols: ["SSLv3", "TLSv1.2"],
              },
            },
          ],
        }),
        distribution({ webAclId: "" }),
      ],
      violations: [
        "sample: origins[0].customOriginConfig.originSslProtocols holds SSLv3: leave TLSv1.2 alone.",
        "sample: webAclId is not set: name a web ACL.",
      ],
    },
  ],
  passes: [{ name: "all of it", resources: [distribution({})] }],
  withUnknowns: {
    catches: [
      {
        name: "the origins are not known",
        resources: [distribution({ origins: unknown, webAclId: null })],
        violations: [bare],
      },
    ],
    passes: [
      {
        name: "the firewall and the certificate are not known",
        resources: [distribution({ webAclId: unknown, viewerCertificate: unknown })],
      },
    ],
  },
  faults: [
    faults.set(/:Distribution$/, "defaultCacheBehavior.viewerProtocolPolicy", "allow-all"),
    faults.set(/:Distribution$/, "orderedCacheBehaviors[].viewerProtocolPolicy", "allow-all"),
    faults.set(/:Distribution$/, "viewerCertificate.minimumProtocolVersion", "TLSv1"),
    faults.without(/:Distribution$/, "webAclId"),
  ],
};
