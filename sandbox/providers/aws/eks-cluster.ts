import { eksVersions } from "../../../facts/aws-eks";
import { zoneIdsWithoutEks } from "../../../facts/aws-regions";
import { today } from "../../../primitives/day";
import { CloudError } from "../../clouds/errors";
import { ipv4Network, matches, oneOf } from "../../clouds/rules";
import { failure, holds, type Request, type ResourceTable, type Rule, refers } from "../../clouds/table";
import { objects, text, texts } from "../../clouds/values";
import { derived, derivedUuid, regionalArn } from "./names";
import { quotas } from "./quotas";
import { sameVpc, zonesOf } from "./same-vpc";
import { tokens } from "./tokens";

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const versions: Readonly<Record<string, { readonly extendedSupportEnds: string }>> = eksVersions;

export const newestVersion = Object.keys(eksVersions).at(-1) ?? "";

const supportedVersion: Rule = (inputs) => {
  const day = today();
  return texts(inputs, "version").flatMap((version) => {
    const support = versions[version];
    if (support && day <= support.extendedSupportEnds) return [];
    const why = support
      ? `its extended support ended on ${support.extendedSupportEnds}`
      : "EKS does not offer it";
    const reason = `unsupported Kubernetes version "${version}": ${why}; known are ${Object.keys(versions).join(", ")}`;
    return [failure("version", `InvalidParameterException: ${reason}`)];
  });
};

/** Zones of the sandbox's account whose identifier matters; each account has letters of its own. */
const zoneIds: Readonly<Record<string, string>> = { "us-east-1e": "use1-az3" };

async function admitCluster(request: Request): Promise<void> {
  const { inputs, previous } = request;
  const subnets = texts(inputs, "vpcConfig.subnetIds");
  const zones = await zonesOf(request, subnets);
  if (zones.length < 2) {
    const found = zones.join(", ") || "none";
    throw new CloudError(
      "InvalidParameterException",
      `subnets specified must be in at least two different AZs, found ${found}`,
    );
  }
  const without = zones.filter((zone) => zoneIdsWithoutEks.includes(zoneIds[zone] ?? ""));
  if (without.length > 0) {
    throw new CloudError(
      "UnsupportedAvailabilityZoneException",
      `EKS does not place control planes in ${without.map((zone) => `${zone}, which is ${zoneIds[zone]}`).join(", ")}`,
    );
  }
  await sameVpc(request, {
    "vpcConfig.subnetIds": tokens.subnet,
    "vpcConfig.securityGroupIds": tokens.securityGroup,
  });
  const before = previous ? minor(text(previous.inputs, "version")) : undefined;
  const wanted = minor(text(inputs, "version"));
  if (before === undefined || wanted === undefined || wanted === before || wanted === before + 1) return;
  throw new CloudError(
    "InvalidParameterException",
    `unsupported Kubernetes minor version update from 1.${before} to 1.${wanted}: one minor version at a time, and never back`,
  );
}

function minor(version: string | undefined): number | undefined {
  const found = /^1\.(\d+)$/.exec(version ?? "")?.[1];
  return found === undefined ? undefined : Number(found);
}

export const cluster: ResourceTable = {
  label: "EKS cluster",
  replaces: [
    "name",
    "roleArn",
    "encryptionConfig",
    "kubernetesNetworkConfig",
    "bootstrapSelfManagedAddons",
    "vpcConfig.vpcId",
    "outpostConfig",
  ],
  autoName: "name",
  alreadyExists: "ResourceInUseException",
  rules: [
    matches(
      "name",
      /^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/,
      "1 to 100 letters, digits, - and _, beginning with a letter or digit",
    ),
    supportedVersion,
    oneOf("enabledClusterLogTypes", logTypes),
    oneOf("accessConfig.authenticationMode", ["API", "API_AND_CONFIG_MAP", "CONFIG_MAP"]),
    oneOf("upgradePolicy.supportType", ["STANDARD", "EXTENDED"]),
    ipv4Network("vpcConfig.publicAccessCidrs"),
    ipv4Network("kubernetesNetworkConfig.serviceIpv4Cidr", [12, 24]),
    (inputs) =>
      objects(inputs, "vpcConfig").flatMap((config) =>
        config.endpointPublicAccess === false && config.endpointPrivateAccess !== true
          ? [
              failure(
                "vpcConfig",
                "InvalidParameterException: private and public endpoint access cannot both be disabled",
              ),
            ]
          : [],
      ),
  ],
  links: {
    roleArn: refers(tokens.role),
    "vpcConfig.subnetIds": holds(tokens.subnet),
    "vpcConfig.securityGroupIds": holds(tokens.securityGroup),
    "encryptionConfig.provider.keyArn": refers(tokens.key),
  },
  quotas: [
    { limit: quotas.clustersPerRegion, code: "ResourceLimitExceededException", of: "clusters per region" },
  ],
  identify: (inputs) => text(inputs, "name") ?? "",
  completed: ["vpcConfig.clusterSecurityGroupId", "vpcConfig.vpcId"],
  admit: admitCluster,
  provision: async (request) => {
    const version = text(request.inputs, "version") ?? newestVersion;
    request.log(`starts the control plane of ${request.id}`);
    const controlPlane = await request.clusters.start({ cloud: "aws", name: request.id }, { version });
    const subnet = texts(request.inputs, "vpcConfig.subnetIds")[0] ?? "";
    return {
      endpoint: controlPlane.endpoint,
      certificateAuthority: { data: controlPlane.certificateAuthority },
      vpcConfig: {
        ...objects(request.inputs, "vpcConfig")[0],
        clusterSecurityGroupId: `sg-0${derived(`${request.region} ${request.id} cluster`)}`,
        vpcId: text((await request.neighbours.find(tokens.subnet, subnet))?.inputs ?? {}, "vpcId") ?? "",
      },
    };
  },
  admitRemoval: async ({ record }) => {
    if (record.inputs.deletionProtection !== true) return;
    throw new CloudError(
      "InvalidRequestException",
      `deletion protection is enabled for ${record.id}; disable it first`,
    );
  },
  release: ({ clusters, id }) => clusters.remove({ cloud: "aws", name: id }),
  alive: async ({ clusters, id }) => (await clusters.find({ cloud: "aws", name: id })) !== undefined,
  compute: (request) => {
    const { inputs, id, region } = request;
    const issuer = `https://oidc.eks.${region}.amazonaws.com/id/${derivedUuid(`${region} ${id}`).replaceAll("-", "").toUpperCase()}`;
    return {
      ...regionalArn("eks", () => `cluster/${id}`)(request),
      accessConfig: { authenticationMode: "CONFIG_MAP", ...objects(inputs, "accessConfig")[0] },
      createdAt: request.previous?.computed.createdAt ?? new Date().toISOString(),
      identities: [{ oidcs: [{ issuer }] }],
      kubernetesNetworkConfig: {
        ipFamily: "ipv4",
        serviceIpv4Cidr: "172.20.0.0/16",
        ...objects(inputs, "kubernetesNetworkConfig")[0],
      },
      platformVersion: "eks.1",
      status: "ACTIVE",
      upgradePolicy: inputs.upgradePolicy ?? { supportType: "EXTENDED" },
      version: text(inputs, "version") ?? newestVersion,
    };
  },
};
