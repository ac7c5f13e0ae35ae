import { CloudError } from "../../clouds/errors";
import { between, exactlyOne, matches, oneOf } from "../../clouds/rules";
import { failure, holds, refers, type Tables } from "../../clouds/table";
import { leaves, objects, text, texts } from "../../clouds/values";
import { derived, derivedUuid, globalArn, regionalArn } from "./names";
import { tokens } from "./tokens";

const recordTypes = [
  "A",
  "AAAA",
  "CAA",
  "CNAME",
  "DS",
  "HTTPS",
  "MX",
  "NAPTR",
  "NS",
  "PTR",
  "SOA",
  "SPF",
  "SRV",
  "SVCB",
  "TXT",
];
const originAccessControl = "aws:cloudfront/originAccessControl:OriginAccessControl";
const responseHeadersPolicy = "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy";
const cachePolicy = "aws:cloudfront/cachePolicy:CachePolicy";
const originRequestPolicy = "aws:cloudfront/originRequestPolicy:OriginRequestPolicy";

/** CloudFront's own policies have fixed ids; they are UUIDs that no account's policy in the sandbox has. */
const managedByCloudFront =
  /^(658327ea-f89d-4fab-a63d-7e88639e58f6|4135ea2d-6df8-44a3-9df3-4b5a84be39ad|83da9c7e-98b4-4e11-a168-04f0df8e2c65|b689b0a8-53d0-40ab-baf2-68738e2966ac|216adef6-5c7f-47e4-b989-5492eafa07d3|33f36d7e-f396-46d9-90e0-52428a34d9dc|88a5eaf4-2fd4-4709-b370-b4c650ea3fcf|67f7725c-6f97-4210-82d7-5512b31e9d03|60669652-455b-4ae9-85a4-c4c02393f86c|5cc3b908-e619-4b99-88e5-2cf7f45965bd)$/;

function cloudFrontId(id: string): string {
  return `E${derived(id).slice(0, 13).toUpperCase()}`;
}

/** A CloudFront resource that has nothing but its settings. */
function cloudFrontPart(label: string): Tables[string] {
  return {
    label,
    global: true,
    replaces: ["name"],
    autoName: "name",
    notFound: "NoSuchResource",
    compute: (request) => ({
      ...globalArn("cloudfront", ({ id }) => `${label.split(" ").slice(1).join("-")}/${id}`)(request),
      etag: cloudFrontId(JSON.stringify(request.inputs)),
    }),
  };
}

export const edge: Tables = {
  [tokens.zone]: {
    label: "Route 53 zone",
    global: true,
    replaces: ["name", "delegationSetId"],
    autoName: "name",
    defaults: { comment: "Managed by Pulumi", forceDestroy: false },
    newId: () => `Z${derived(String(process.hrtime.bigint())).toUpperCase()}`,
    notFound: "NoSuchHostedZone",
    rules: [matches("name", /^([A-Za-z0-9_-]{1,63}\.)*[A-Za-z0-9-]{2,63}\.?$/, "a domain name")],
    links: { "vpcs.vpcId": holds(tokens.vpc) },
    // external-dns goes before the ingresses whose records it would take away.
    admitRemoval: async ({ record }) => {
      if (record.inputs.forceDestroy === true) return;
      throw new CloudError(
        "HostedZoneNotEmpty",
        `the zone ${text(record.inputs, "name")} holds records of the cluster, and is not made with forceDestroy: delete them first`,
      );
    },
    compute: ({ id }) => ({
      arn: `arn:aws:route53:::hostedzone/${id}`,
      zoneId: id,
      nameServers: [1, 2, 3, 4].map((index) => `ns-${index}.sandbox.invalid`),
      primaryNameServer: "ns-1.sandbox.invalid",
    }),
  },
  "aws:route53/record:Record": {
    label: "Route 53 record",
    global: true,
    replaces: ["zoneId", "name", "type", "setIdentifier"],
    alreadyExists: "InvalidChangeBatch",
    rules: [oneOf("type", recordTypes), exactlyOne("records", "aliases")],
    links: { zoneId: refers(tokens.zone) },
    identify: (inputs) =>
      ["zoneId", "name", "type", "setIdentifier"]
        .flatMap((property) => text(inputs, property) ?? [])
        .join("_"),
    admit: async ({ inputs, neighbours }) => {
      const zone = await neighbours.find(tokens.zone, text(inputs, "zoneId") ?? "");
      const domain = (zone ? (text(zone.inputs, "name") ?? "") : "").replace(/\.$/, "");
      const name = (text(inputs, "name") ?? "").replace(/\.$/, "");
      if (text(inputs, "type") !== "CNAME" || name !== domain) return;
      throw new CloudError(
        "InvalidChangeBatch",
        `RRSet of type CNAME with DNS name ${name} is not permitted at apex`,
      );
    },
    compute: ({ inputs }) => ({ fqdn: (text(inputs, "name") ?? "").replace(/\.$/, "") }),
  },
  [tokens.certificate]: {
    label: "ACM certificate",
    replaces: ["domainName", "subjectAlternativeNames", "validationMethod", "keyAlgorithm", "privateKey"],
    notFound: "ResourceNotFoundException",
    rules: [
      matches(
        "domainName",
        /^(\*\.)?([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}$/,
        "a domain name, whose first part may be *",
      ),
      oneOf("validationMethod", ["DNS", "EMAIL"]),
    ],
    identify: (inputs, { region, account }) =>
      `arn:aws:acm:${region}:${account}:certificate/${derivedUuid(JSON.stringify([inputs.domainName, inputs.subjectAlternativeNames]))}`,
    compute: (request) => {
      const { inputs, id } = request;
      const names = [
        ...new Set([...texts(inputs, "domainName"), ...texts(inputs, "subjectAlternativeNames")]),
      ];
      return {
        arn: id,
        domainValidationOptions: names.map((name) => {
          const domain = name.replace(/^\*\./, "");
          return {
            domainName: name,
            resourceRecordName: `_${derived(domain)}.${domain}.`,
            resourceRecordType: "CNAME",
            resourceRecordValue: `_${derived(`${domain} value`)}.acm-validations.aws.`,
          };
        }),
        keyAlgorithm: text(inputs, "keyAlgorithm") ?? "RSA_2048",
        subjectAlternativeNames: names,
        status: "ISSUED",
        type: "AMAZON_ISSUED",
        renewalEligibility: "INELIGIBLE",
        validationMethod: text(inputs, "validationMethod") ?? "DNS",
      };
    },
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    label: "ACM certificate validation",
    replaces: "all",
    links: { certificateArn: refers(tokens.certificate) },
    identify: (inputs) => derived(text(inputs, "certificateArn") ?? ""),
  },
  [tokens.webAcl]: {
    label: "WAFv2 web ACL",
    replaces: ["name", "namePrefix", "scope"],
    autoName: "name",
    notFound: "WAFNonexistentItemException",
    rules: [
      matches("name", /^[\w-]{1,128}$/, "1 to 128 letters, digits, - and _"),
      oneOf("scope", ["REGIONAL", "CLOUDFRONT"]),
      (inputs, { region }) =>
        inputs.scope === "CLOUDFRONT" && region !== "us-east-1"
          ? [
              failure(
                "scope",
                `WAFInvalidParameterException: CLOUDFRONT is possible only in us-east-1, found ${region}`,
              ),
            ]
          : [],
      (inputs) => {
        const priorities = leaves(inputs, "rules.priority").filter(
          (priority) => typeof priority === "number",
        );
        return priorities
          .filter((priority, index) => priorities.indexOf(priority) !== index)
          .map((priority) =>
            failure("rules", `WAFInvalidParameterException: two rules have the priority ${priority}`),
          );
      },
      (inputs) =>
        objects(inputs, "rules")
          .filter(
            (rule) => ["action", "overrideAction"].filter((key) => rule[key] !== undefined).length !== 1,
          )
          .map((rule) =>
            failure("rules", `rule "${text(rule, "name")}" needs exactly one of action and overrideAction`),
          ),
    ],
    compute: (request) => ({
      ...regionalArn(
        "wafv2",
        ({ inputs, id }) =>
          `${inputs.scope === "CLOUDFRONT" ? "global" : "regional"}/webacl/${text(inputs, "name")}/${id}`,
      )(request),
      capacity: objects(request.inputs, "rules").length * 50,
      lockToken: derivedUuid(JSON.stringify(request.inputs)),
    }),
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    label: "WAFv2 web ACL association",
    replaces: "all",
    links: { webAclArn: holds(tokens.webAcl) },
    identify: (inputs) => `${text(inputs, "webAclArn")},${text(inputs, "resourceArn")}`,
  },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    label: "WAFv2 logging configuration",
    replaces: ["resourceArn"],
    rules: [
      matches(
        "logDestinationConfigs",
        /[:/]aws-waf-logs-[^:/]+(:\*)?$/,
        'the name of the destination must begin with "aws-waf-logs-"',
      ),
    ],
    links: {
      resourceArn: refers(tokens.webAcl),
      logDestinationConfigs: refers([tokens.logGroup, tokens.bucket]),
    },
    identify: (inputs) => text(inputs, "resourceArn") ?? "",
  },
  [tokens.distribution]: {
    label: "CloudFront distribution",
    global: true,
    replaces: [],
    defaults: {
      retainOnDelete: false,
      staging: false,
      waitForDeployment: true,
      httpVersion: "http2",
      priceClass: "PriceClass_All",
    },
    notFound: "NoSuchDistribution",
    newId: () => cloudFrontId(String(process.hrtime.bigint())),
    rules: [
      oneOf("httpVersion", ["http1.1", "http2", "http2and3", "http3"]),
      oneOf("priceClass", ["PriceClass_All", "PriceClass_200", "PriceClass_100"]),
      between("origins.customOriginConfig.httpsPort", 1, 65_535),
      (inputs) => {
        const origins = texts(inputs, "origins.originId");
        const targets = [
          ...texts(inputs, "defaultCacheBehavior.targetOriginId"),
          ...texts(inputs, "orderedCacheBehaviors.targetOriginId"),
        ];
        const groups = texts(inputs, "originGroups.originId");
        return targets
          .filter((target) => ![...origins, ...groups].includes(target))
          .map((target) =>
            failure(
              "defaultCacheBehavior",
              `NoSuchOrigin: "${target}" is not one of the origins: ${origins.join(", ")}`,
            ),
          );
      },
      matches(
        "viewerCertificate.acmCertificateArn",
        /^arn:aws:acm:us-east-1:/,
        "CloudFront takes certificates of us-east-1 only",
      ),
    ],
    links: {
      webAclId: holds(tokens.webAcl),
      "origins.originAccessControlId": holds(originAccessControl),
      "defaultCacheBehavior.responseHeadersPolicyId": holds(responseHeadersPolicy, managedByCloudFront),
      "defaultCacheBehavior.cachePolicyId": holds(cachePolicy, managedByCloudFront),
      "defaultCacheBehavior.originRequestPolicyId": holds(originRequestPolicy, managedByCloudFront),
      "orderedCacheBehaviors.cachePolicyId": holds(cachePolicy, managedByCloudFront),
      "orderedCacheBehaviors.responseHeadersPolicyId": holds(responseHeadersPolicy, managedByCloudFront),
    },
    compute: (request) => ({
      ...globalArn("cloudfront", ({ id }) => `distribution/${id}`)(request),
      callerReference: derived(request.id),
      domainName: `${request.id.toLowerCase()}.cloudfront.net`,
      etag: cloudFrontId(JSON.stringify(request.inputs)),
      // The one zone id that all of CloudFront's aliases use.
      hostedZoneId: "Z2FDTNDATAQYW2",
      lastModifiedTime: new Date().toISOString(),
      status: "Deployed",
    }),
  },
  [originAccessControl]: cloudFrontPart("CloudFront origin access control"),
  [responseHeadersPolicy]: cloudFrontPart("CloudFront response headers policy"),
  [cachePolicy]: cloudFrontPart("CloudFront cache policy"),
  [originRequestPolicy]: cloudFrontPart("CloudFront origin request policy"),
};
