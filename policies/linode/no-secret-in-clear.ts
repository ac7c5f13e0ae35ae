import { everywhere } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { secretIn, shapeOf } from "../secrets/secrets";
import { at } from "../value";

/** What starts machines, and what anyone who may list the account's resources reads. */
const readable = /(^|\.)(script|stackscriptData|userData|label|description|tags|target)\b/;

const stackScript = "linode:index/stackScript:StackScript";

/** Their values are secrets by design, and kept as such. */
const vaults = /^linode:index\/(token|sshKey|objectStorageKey|database\w+Config|user):/;

export const linodeNoSecretInClear: ResourcePolicy = {
  id: "linode-no-secret-in-clear",
  scope: "resource",
  what: "Scripts, user data and labels of machines hold no secret in clear, and scripts are not published.",
  why: "A StackScript is read by everyone with access to the account, and user data by every program of the machine.",
  severity: "critical",
  standards: ["PCI-DSS 4: 8.6.2", "K6"],
  remediation: "Let the machine fetch the secret when it starts, with an identity of its own.",
  appliesTo: (type) => type.startsWith("linode:") && !vaults.test(type),
  *validate({ type, properties }) {
    for (const { path, key, value } of everywhere(properties)) {
      if (typeof value !== "string") continue;
      const text = key === "userData" ? decoded(value) : value;
      const found = readable.test(path) ? secretIn(key, text) : shapeOf(text);
      if (found !== undefined) yield `${path} is or holds ${found}: fetch it when the machine starts.`;
    }
    if (type === stackScript && at(properties, "isPublic") === true) {
      yield "isPublic is true, which shows the script to every customer for good: remove it.";
    }
  },
};

/** Machines receive their user data in base64. */
function decoded(value: string): string {
  return /^[A-Za-z0-9+/=\s]+$/.test(value) ? Buffer.from(value, "base64").toString("utf8") : value;
}
