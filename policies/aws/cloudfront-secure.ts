import type { ResourcePolicy } from "../policy";
import { at, items, unknown, type Value } from "../value";

export const cloudfrontSecure: ResourcePolicy = {
  id: "aws-cloudfront-secure",
  scope: "resource",
  what: "CloudFront speaks TLS 1.2 or newer on both sides and has a web firewall before it.",
  why: "What goes over plain HTTP is read on the way, and without a firewall every scanner's request reaches the origin.",
  severity: "high",
  standards: ["PCI-DSS 4: 4.2.1, 6.4.2", "K6"],
  remediation:
    "Set viewerProtocolPolicy to redirect-to-https or https-only, viewerCertificate.minimumProtocolVersion to TLSv1.2_2021, originProtocolPolicy to https-only, originSslProtocols to [TLSv1.2], and webAclId.",
  remediates: "Sets viewerProtocolPolicy to redirect-to-https where it is allow-all.",
  appliesTo: (type) => type === "aws:cloudfront/distribution:Distribution",
  *validate({ properties }) {
    const behaviors: readonly (readonly [path: string, behavior: Value | undefined])[] = [
      ["defaultCacheBehavior", at(properties, "defaultCacheBehavior")],
      ...items(at(properties, "orderedCacheBehaviors")).map(
        (behavior, index) => [`orderedCacheBehaviors[${index}]`, behavior] as const,
      ),
    ];
    for (const [path, behavior] of behaviors) {
      if (at(behavior, "viewerProtocolPolicy") !== "allow-all") continue;
      yield {
        message: `${path}.viewerProtocolPolicy is allow-all: set redirect-to-https.`,
        path: `${path}.viewerProtocolPolicy`,
        value: "redirect-to-https",
      };
    }
    const version = at(properties, "viewerCertificate", "minimumProtocolVersion");
    if (version !== unknown && !/^TLSv1\.[23]_20(2[1-9]|[3-9]\d)$/.test(String(version ?? ""))) {
      yield `viewerCertificate.minimumProtocolVersion is ${String(version ?? "not set")}: set TLSv1.2_2021.`;
    }
    for (const [index, origin] of items(at(properties, "origins")).entries()) {
      const custom = at(origin, "customOriginConfig");
      const protocol = at(custom, "originProtocolPolicy");
      if (custom === undefined || protocol === unknown || protocol === "https-only") continue;
      yield `origins[${index}].customOriginConfig.originProtocolPolicy is ${String(protocol)}: set https-only.`;
    }
    for (const [index, origin] of items(at(properties, "origins")).entries()) {
      const old = items(at(origin, "customOriginConfig", "originSslProtocols")).find(
        (one) => one !== unknown && one !== "TLSv1.2",
      );
      if (old === undefined) continue;
      yield `origins[${index}].customOriginConfig.originSslProtocols holds ${String(old)}: leave TLSv1.2 alone.`;
    }
    const firewall = at(properties, "webAclId");
    if ((firewall === undefined || firewall === "") && properties !== unknown) {
      yield "webAclId is not set: name a web ACL.";
    }
  },
};
