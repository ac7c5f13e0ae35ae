import { everywhere } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import type { Resource } from "../resource";
import { nameBeside } from "../secrets/beside";
import { secretIn, shapeOf } from "../secrets/secrets";
import { at, unknown } from "../value";

/** Properties that start a program, a task or a machine, and that anyone allowed to describe it can read. */
const readable =
  /(^|\.)(environment|environments|variables|environmentVariables|runtimeEnvironmentVariables|containerDefinitions|containerProperties|settings|defaultArguments|arguments|userData|userDataBase64|stageVariables|command|buildspec|definition|connectionProperties|connectorConfiguration|extraConnectionAttributes|hyperParameters|requestParameters|tags|description)\b/;

/** Resources whose purpose is to hold a secret. */
const vaults = /^aws:(secretsmanager|acm|kms|iam\/serverCertificate|transfer|ec2\/keyPair|directoryservice)/;

/** Databases that create their own password and keep it in Secrets Manager. */
const managed = /^aws:(rds|docdb|redshift)\/(instance|cluster):/;

export const awsNoSecretInClear: ResourcePolicy = {
  id: "aws-no-secret-in-clear",
  scope: "resource",
  what: "Functions, tasks, builds and machines are started with no secret in clear, and databases make their own password.",
  why: "Everyone who may describe a function reads its environment, and every pod of a machine reads its user data.",
  severity: "critical",
  standards: ["CIS AWS Foundations 2.3", "PCI-DSS 4: 8.6.2", "K6"],
  remediation:
    "Keep the value in Secrets Manager or a SecureString, and name it by its ARN; set manageMasterUserPassword in place of a database's password.",
  appliesTo: (type) => type.startsWith("aws:") && !vaults.test(type),
  *validate(resource) {
    const kind = at(resource.properties, "type");
    const isSecure = kind === "SecureString" || kind === unknown;
    for (const { path, key, value } of everywhere(resource.properties)) {
      if (typeof value !== "string") continue;
      const found = isSecure && key === "value" ? undefined : foundIn(resource, path, key, value);
      if (found !== undefined) yield `${path} is or holds ${found}: name a secret of Secrets Manager.`;
    }
    if (!managed.test(resource.type)) return;
    for (const field of ["password", "masterPassword"]) {
      if (typeof at(resource.properties, field) !== "string") continue;
      yield `${field} is set: let AWS make and rotate it by manageMasterUserPassword.`;
    }
  },
};

function foundIn(
  { type, properties }: Resource,
  path: string,
  key: string,
  value: string,
): string | undefined {
  const text = key.startsWith("userData") ? decoded(value) : value;
  const name = nameBeside(properties, path) ?? key;
  if (readable.test(path)) return secretIn(name, text);
  if (type === "aws:ssm/parameter:Parameter" && key === "value") {
    return secretIn(String(at(properties, "name") ?? ""), text);
  }
  return shapeOf(text);
}

/** Machines receive their user data in base64. */
function decoded(value: string): string {
  return /^[A-Za-z0-9+/=\s]+$/.test(value) ? Buffer.from(value, "base64").toString("utf8") : value;
}
