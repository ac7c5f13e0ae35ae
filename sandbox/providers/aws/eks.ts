import { eksAddons } from "../../../facts/aws-eks";
import { CloudError } from "../../clouds/errors";
import { matches, oneOf } from "../../clouds/rules";
import { failure, partOf, type Request, refers, type Tables } from "../../clouds/table";
import { text, texts } from "../../clouds/values";
import { permissiveDefinition } from "../kubernetes/definitions";
import { cluster, newestVersion } from "./eks-cluster";
import { derivedUuid, prefixed, regionalArn } from "./names";
import { nodeGroup } from "./node-groups";
import { tokens } from "./tokens";

const accessPolicies = [
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSViewPolicy",
];

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

/**
 * Kinds whose definitions add-ons bring with them: the official kubernetes provider finds these on the cluster, or fails. Their
 * schemas accept everything.
 */
const kindsOf: Readonly<Record<string, readonly (readonly [apiVersion: string, kind: string])[]>> = {
  "eks-node-monitoring-agent": [["eks.amazonaws.com/v1alpha1", "NodeDiagnostic"]],
  "snapshot-controller": [
    ["snapshot.storage.k8s.io/v1", "VolumeSnapshot"],
    ["snapshot.storage.k8s.io/v1", "VolumeSnapshotClass"],
    ["snapshot.storage.k8s.io/v1", "VolumeSnapshotContent"],
  ],
  "vpc-cni": [
    ["crd.k8s.amazonaws.com/v1alpha1", "ENIConfig"],
    ["networking.k8s.aws/v1alpha1", "PolicyEndpoint"],
    ["vpcresources.k8s.aws/v1beta1", "SecurityGroupPolicy"],
  ],
};

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
          `the sandbox does not know the add-on "${name}" for Kubernetes ${kubernetes}; known are ${Object.keys(known).join(", ")} (facts/aws-eks.ts)`,
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
    provision: async ({ inputs, clusters }) => {
      const kinds = kindsOf[text(inputs, "addonName") ?? ""] ?? [];
      const identity = { cloud: "aws", name: text(inputs, "clusterName") ?? "" } as const;
      await clusters.define(
        identity,
        kinds.map(([apiVersion, kind]) => permissiveDefinition(apiVersion, kind)),
      );
      return {};
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
