import { CloudError } from "../../clouds/errors";
import { between, matches } from "../../clouds/rules";
import { failure, holds, type Rule, refers, type Tables } from "../../clouds/table";
import { text, texts } from "../../clouds/values";
import { derived, globalArn, regionalArn } from "./names";
import { policyDocument, statementsOf, stringsOf } from "./policy-document";
import { quotas } from "./quotas";
import { tokens } from "./tokens";

const managedPolicies = [
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonEC2ContainerRegistryReadOnly",
  "AmazonEKSClusterPolicy",
  "AmazonEKSVPCResourceController",
  "AmazonEKSWorkerNodeMinimalPolicy",
  "AmazonEKSWorkerNodePolicy",
  "AmazonEKS_CNI_Policy",
  "AmazonSSMManagedInstanceCore",
  "AWSBackupServiceRolePolicyForS3Backup",
  "AWSBackupServiceRolePolicyForS3Restore",
  "CloudWatchAgentServerPolicy",
  "service-role/AmazonEBSCSIDriverPolicy",
  "service-role/AmazonEBSCSIDriverPolicyV2",
  "service-role/AmazonEFSCSIDriverPolicy",
  "service-role/AWSBackupServiceRolePolicyForBackup",
  "service-role/AWSBackupServiceRolePolicyForRestores",
];

const managedPolicyArn = /^arn:aws:iam::aws:policy\//;

/** A policy that AWS itself keeps must be one that the sandbox has heard of: AWS refuses misspelt ones. */
const knownManagedPolicy: Rule = (inputs) =>
  texts(inputs, "policyArn")
    .filter(
      (arn) => managedPolicyArn.test(arn) && !managedPolicies.includes(arn.replace(managedPolicyArn, "")),
    )
    .map((arn) =>
      failure(
        "policyArn",
        `NoSuchEntity: the sandbox does not know the AWS managed policy "${arn}"; ` +
          "if it exists, add it to managedPolicies in sandbox/providers/aws/identity.ts",
      ),
    );

/** Trust policies allow nothing but to assume the role. */
const assumesOnly: Rule = (inputs) =>
  texts(inputs, "assumeRolePolicy").flatMap((document) =>
    statementsOf(document)
      .flatMap((statement) => stringsOf(statement.Action))
      .filter(
        (action) =>
          !/^sts:(AssumeRole|AssumeRoleWithWebIdentity|AssumeRoleWithSAML|TagSession|SetSourceIdentity)$/.test(
            action,
          ),
      )
      .map((action) =>
        failure("assumeRolePolicy", `MalformedPolicyDocument: "${action}" is not allowed in a trust policy`),
      ),
  );

const name = (maximum: number): Rule =>
  matches("name", new RegExp(`^[\\w+=,.@-]{1,${maximum}}$`), `1 to ${maximum} letters, digits and _+=,.@-`);

/** The last part of `path` with slashes on both sides, as IAM's ARNs hold it. */
function pathOf(inputs: Parameters<Rule>[0]): string {
  return text(inputs, "path") ?? "/";
}

export const identity: Tables = {
  [tokens.role]: {
    label: "IAM role",
    global: true,
    replaces: ["name", "namePrefix", "path"],
    autoName: "name",
    defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
    notFound: "NoSuchEntity",
    alreadyExists: "EntityAlreadyExists",
    rules: [
      name(64),
      policyDocument("assumeRolePolicy", "trust", 2048),
      assumesOnly,
      between("maxSessionDuration", 3600, 43_200, "seconds"),
    ],
    links: {
      managedPolicyArns: holds(tokens.policy, managedPolicyArn),
      permissionsBoundary: refers(tokens.policy, managedPolicyArn),
    },
    quotas: [{ limit: quotas.rolesPerAccount, code: "LimitExceeded", of: "roles per account" }],
    identify: (inputs) => text(inputs, "name") ?? "",
    compute: (request) => ({
      ...globalArn("iam", ({ inputs, id }) => `role${pathOf(inputs)}${id}`)(request),
      createDate: request.previous?.computed.createDate ?? new Date().toISOString(),
      uniqueId: `AROA${derived(request.id).toUpperCase()}`,
    }),
  },
  [tokens.rolePolicy]: {
    label: "IAM role policy",
    global: true,
    replaces: ["name", "namePrefix", "role"],
    autoName: "name",
    rules: [name(128), policyDocument("policy", "identity", 10_240)],
    links: { role: holds(tokens.role) },
    identify: (inputs) => `${text(inputs, "role")}:${text(inputs, "name")}`,
  },
  [tokens.policy]: {
    label: "IAM policy",
    global: true,
    replaces: ["name", "namePrefix", "path", "description"],
    autoName: "name",
    defaults: { path: "/" },
    notFound: "NoSuchEntity",
    alreadyExists: "EntityAlreadyExists",
    rules: [name(128), policyDocument("policy", "identity", 6144)],
    quotas: [{ limit: quotas.policiesPerAccount, code: "LimitExceeded", of: "policies per account" }],
    identify: (inputs, { account }) =>
      `arn:aws:iam::${account}:policy${pathOf(inputs)}${text(inputs, "name")}`,
    compute: (request) => ({
      arn: request.id,
      policyId: `ANPA${derived(request.id).toUpperCase()}`,
    }),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    label: "IAM role policy attachment",
    global: true,
    replaces: "all",
    rules: [knownManagedPolicy],
    links: { role: holds(tokens.role), policyArn: holds(tokens.policy, managedPolicyArn) },
    quotas: [
      { limit: quotas.policiesPerRole, code: "LimitExceeded", of: "managed policies per role", per: "role" },
    ],
    identify: (inputs) => `${text(inputs, "role")}/${text(inputs, "policyArn")}`,
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    label: "IAM instance profile",
    global: true,
    replaces: ["name", "namePrefix", "path"],
    autoName: "name",
    defaults: { path: "/" },
    alreadyExists: "EntityAlreadyExists",
    rules: [name(128)],
    links: { role: holds(tokens.role) },
    identify: (inputs) => text(inputs, "name") ?? "",
    compute: (request) => ({
      ...globalArn("iam", ({ inputs, id }) => `instance-profile${pathOf(inputs)}${id}`)(request),
      createDate: request.previous?.computed.createDate ?? new Date().toISOString(),
      uniqueId: `AIPA${derived(request.id).toUpperCase()}`,
    }),
  },
  [tokens.oidcProvider]: {
    label: "IAM OIDC provider",
    global: true,
    replaces: ["url"],
    notFound: "NoSuchEntity",
    alreadyExists: "EntityAlreadyExists",
    rules: [matches("url", /^https:\/\/[^\s/]+/, "an issuer's URL, which begins with https://")],
    identify: (inputs, { account }) =>
      `arn:aws:iam::${account}:oidc-provider/${(text(inputs, "url") ?? "").replace(/^https:\/\//, "")}`,
    compute: (request) => ({ arn: request.id }),
  },
  [tokens.key]: {
    label: "KMS key",
    replaces: ["keyUsage", "customerMasterKeySpec", "customKeyStoreId", "multiRegion"],
    defaults: {
      bypassPolicyLockoutSafetyCheck: false,
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      enableKeyRotation: false,
      isEnabled: true,
      keyUsage: "ENCRYPT_DECRYPT",
    },
    notFound: "NotFoundException",
    rules: [
      between("deletionWindowInDays", 7, 30, "days"),
      between("rotationPeriodInDays", 90, 2560, "days"),
      policyDocument("policy", "resource", 32_768),
      (inputs, { account }) =>
        texts(inputs, "policy").flatMap((document) =>
          document.includes(`arn:aws:iam::${account}:`)
            ? []
            : [
                failure(
                  "policy",
                  "MalformedPolicyDocumentException: the new key policy will not allow you to update the key policy " +
                    `in the future; name arn:aws:iam::${account}:root (or one of the account's roles) as a principal`,
                ),
              ],
        ),
    ],
    compute: (request) => {
      const keyId = request.id;
      return { ...regionalArn("kms", () => `key/${keyId}`)(request), keyId, rotationPeriodInDays: 365 };
    },
  },
  [tokens.alias]: {
    label: "KMS alias",
    replaces: ["name", "namePrefix"],
    autoName: "name",
    alreadyExists: "AlreadyExistsException",
    rules: [
      matches("name", /^alias\/(?!aws\/)[\w/-]{1,250}$/, 'it begins with "alias/", not with "alias/aws/"'),
    ],
    links: { targetKeyId: refers(tokens.key) },
    identify: (inputs) => text(inputs, "name") ?? "",
    admit: async ({ inputs }) => {
      if (text(inputs, "targetKeyId") === "")
        throw new CloudError("ValidationException", "targetKeyId is empty");
    },
    compute: (request) => ({
      ...regionalArn("kms", ({ id }) => id)(request),
      targetKeyArn: `arn:aws:kms:${request.region}:${request.account}:key/${(text(request.inputs, "targetKeyId") ?? "").replace(/^.*key\//, "")}`,
    }),
  },
};
