import { eksAddons, eksVersions } from "../../../infra/facts/aws-eks";
import { zoneIdsWithoutEks } from "../../../infra/facts/aws-regions";
import { today } from "../../../policies/day";
import { CloudError } from "../../clouds/errors";
import { ipv4Network, matches, oneOf } from "../../clouds/rules";
import {
  failure,
  holds,
  partOf,
  type Request,
  type ResourceTable,
  type Rule,
  refers,
  type Tables,
} from "../../clouds/table";
import { objects, text, texts } from "../../clouds/values";
import { derived, derivedUuid, prefixed, regionalArn } from "./names";
import { sameVpc, zonesOf } from "./network";
import { nodeGroup } from "./node-groups";
import { quotas } from "./quotas";
import { tokens } from "./tokens";

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
const accessPolicies = [
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
];
const versions: Readonly<Record<string, { readonly extendedSupportEnds: string }>> = eksVersions;
const newestVersion = Object.keys(eksVersions).at(-1) ?? "";

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

/** Zones of the sandbox's account whose identifier matters; letters are dealt out anew for each account. */
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

const cluster: ResourceTable = {
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

/** Access entries need a cluster that reads them. */
async function admitAccess({ inputs, neighbours }: Request): Promise<void> {
  const found = await neighbours.find(tokens.cluster, text(inputs, "clusterName") ?? "");
  const mode = found ? text(found.computed, "accessConfig.authenticationMode") : undefined;
  if (mode !== "CONFIG_MAP") return;
  throw new CloudError(
    "InvalidRequestException",
    "the cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation; it is CONFIG_MAP",
  );
}

const accessEntry = "aws:eks/accessEntry:AccessEntry";

export const eks: Tables = {
  [tokens.cluster]: cluster,
  [tokens.nodeGroup]: nodeGroup,
  "aws:eks/addon:Addon": {
    label: "EKS add-on",
    replaces: ["clusterName", "addonName"],
    alreadyExists: "ResourceInUseException",
    rules: [
      oneOf("resolveConflictsOnCreate", ["NONE", "OVERWRITE"]),
      oneOf("resolveConflictsOnUpdate", ["NONE", "OVERWRITE", "PRESERVE"]),
      (inputs) =>
        texts(inputs, "configurationValues").flatMap((document) => {
          try {
            JSON.parse(document);
            return [];
          } catch (error) {
            return [failure("configurationValues", `ConfigurationValue is not valid JSON: ${String(error)}`)];
          }
        }),
    ],
    links: {
      clusterName: partOf(tokens.cluster),
      serviceAccountRoleArn: refers(tokens.role),
      "podIdentityAssociations.roleArn": refers(tokens.role),
    },
    identify: (inputs) => `${text(inputs, "clusterName")}:${text(inputs, "addonName")}`,
    admit: async ({ inputs, neighbours }) => {
      const found = await neighbours.find(tokens.cluster, text(inputs, "clusterName") ?? "");
      const kubernetes = found ? (text(found.computed, "version") ?? "") : "";
      const sets: Readonly<Record<string, Readonly<Record<string, string>>>> = eksAddons;
      const known = sets[kubernetes] ?? {};
      const name = text(inputs, "addonName") ?? "";
      const version = text(inputs, "addonVersion");
      if (known[name] === undefined) {
        throw new CloudError(
          "InvalidParameterException",
          `the sandbox does not know the add-on "${name}" for Kubernetes ${kubernetes}; known are ${Object.keys(known).join(", ")} (infra/facts/aws-eks.ts)`,
        );
      }
      const allowed = Object.values(sets).flatMap((set) => set[name] ?? []);
      const fits = name === "kube-proxy" ? [known[name]] : allowed;
      if (version === undefined || fits.includes(version)) return;
      throw new CloudError(
        "InvalidParameterException",
        `addon version ${version} of ${name} is not supported with Kubernetes ${kubernetes}; known are ${[...new Set(fits)].join(", ")}`,
      );
    },
    compute: (request) => {
      const { inputs } = request;
      const name = text(inputs, "addonName") ?? "";
      const sets: Readonly<Record<string, Readonly<Record<string, string>>>> = eksAddons;
      return {
        ...regionalArn("eks", ({ id }) => `addon/${id.replace(":", "/")}/${derivedUuid(id)}`)(request),
        addonVersion: text(inputs, "addonVersion") ?? sets[newestVersion]?.[name] ?? "",
        createdAt: request.previous?.computed.createdAt ?? new Date().toISOString(),
        modifiedAt: new Date().toISOString(),
      };
    },
  },
  [accessEntry]: {
    label: "EKS access entry",
    replaces: ["clusterName", "principalArn", "type"],
    alreadyExists: "ResourceInUseException",
    defaults: { type: "STANDARD" },
    rules: [
      oneOf("type", [
        "STANDARD",
        "EC2_LINUX",
        "EC2_WINDOWS",
        "FARGATE_LINUX",
        "EC2",
        "HYBRID_LINUX",
        "HYPERPOD_LINUX",
      ]),
      matches("principalArn", /^arn:aws:iam::\d{12}:(role|user)\/\S+$/, "the ARN of an IAM role or user"),
    ],
    links: { clusterName: partOf(tokens.cluster) },
    identify: (inputs) => `${text(inputs, "clusterName")}:${text(inputs, "principalArn")}`,
    admit: admitAccess,
    compute: (request) => ({
      accessEntryArn: `arn:aws:eks:${request.region}:${request.account}:access-entry/${text(request.inputs, "clusterName")}/role/${derivedUuid(request.id)}`,
      createdAt: request.previous?.computed.createdAt ?? new Date().toISOString(),
      modifiedAt: new Date().toISOString(),
      userName: text(request.inputs, "userName") ?? text(request.inputs, "principalArn") ?? "",
    }),
  },
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": {
    label: "EKS access policy association",
    replaces: "all",
    rules: [
      (inputs) =>
        texts(inputs, "policyArn")
          .filter(
            (arn) => !accessPolicies.some((name) => arn === `arn:aws:eks::aws:cluster-access-policy/${name}`),
          )
          .map((arn) =>
            failure(
              "policyArn",
              `"${arn}" is not an access policy; write arn:aws:eks::aws:cluster-access-policy/ and one of ${accessPolicies.join(", ")}`,
            ),
          ),
      oneOf("accessScope.type", ["cluster", "namespace"]),
    ],
    links: { clusterName: partOf(tokens.cluster) },
    identify: (inputs) =>
      `${text(inputs, "clusterName")}#${text(inputs, "principalArn")}#${text(inputs, "policyArn")}`,
    admit: async ({ inputs, neighbours }) => {
      const entry = `${text(inputs, "clusterName")}:${text(inputs, "principalArn")}`;
      if (await neighbours.find(accessEntry, entry)) return;
      throw new CloudError(
        "ResourceNotFoundException",
        `the access entry of ${text(inputs, "principalArn")} does not exist in ${text(inputs, "clusterName")}`,
      );
    },
    compute: ({ previous }) => ({
      associatedAt: previous?.computed.associatedAt ?? new Date().toISOString(),
      modifiedAt: new Date().toISOString(),
    }),
  },
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": {
    label: "EKS pod identity association",
    replaces: ["clusterName", "namespace", "serviceAccount"],
    alreadyExists: "ResourceInUseException",
    rules: [
      matches("namespace", /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "a Kubernetes namespace name"),
      matches(
        "serviceAccount",
        /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/,
        "a Kubernetes service account name",
      ),
    ],
    links: {
      clusterName: partOf(tokens.cluster),
      roleArn: refers(tokens.role),
      targetRoleArn: refers(tokens.role),
    },
    newId: prefixed("a-"),
    admit: async ({ inputs, id, neighbours, resource }) => {
      const properties = ["clusterName", "namespace", "serviceAccount"];
      const same = (await neighbours.list(resource.type)).find(
        (record) =>
          record.id !== id && properties.every((property) => record.inputs[property] === inputs[property]),
      );
      if (!same) return;
      const account = `${text(inputs, "namespace")}/${text(inputs, "serviceAccount")}`;
      throw new CloudError(
        "ResourceInUseException",
        `an association already exists for the service account ${account}: ${same.id}`,
      );
    },
    compute: (request) => ({
      associationArn: `arn:aws:eks:${request.region}:${request.account}:podidentityassociation/${text(request.inputs, "clusterName")}/${request.id}`,
      associationId: request.id,
    }),
  },
};
