import { readdirSync } from "node:fs";
import { join } from "node:path";
import { exemptionConfigured } from "./exemptions/configured";
import { exemptionInForce } from "./exemptions/in-force";
import { exemptionValid } from "./exemptions/valid";
import { helmRendered } from "./helm/rendered";
import type { Policy } from "./policy";

/**
 * Folders of policies, and what the ids of their policies begin with. A file of theirs that exports a policy is in the
 * pack: its id is the family and the file's name, `kubernetes-non-root` for `kubernetes/non-root.ts`.
 */
export const families = [
  { folder: "kubernetes", family: "kubernetes" },
  { folder: "aws", family: "aws" },
  { folder: "linode", family: "linode" },
  { folder: "helm", family: "helm" },
  { folder: "stateful", family: "stateful" },
  { folder: "resources", family: "resource" },
  { folder: "exemptions", family: "exemption" },
] as const;

/** What the rules' own exceptions are judged by runs after them. */
const last: readonly string[] = ["exemptions"];

const rules = families.flatMap(({ folder, family }) =>
  last.includes(folder) ? [] : policyFiles(folder).flatMap((file) => policiesIn(folder, family, file)),
);

const ofObjects = rules.flatMap((rule) =>
  rule.scope === "resource" && rule.id.startsWith("kubernetes-") ? [rule] : [],
);

const judges: readonly Policy[] = [...rules, helmRendered(ofObjects)];

/** Every policy of the pack, in the order of the reference page. */
export const catalogue: readonly Policy[] = [
  ...judges,
  exemptionValid(judges),
  exemptionInForce,
  exemptionConfigured,
];

/** The sources of a folder, in the order of their names, without tests and cases. */
function policyFiles(folder: string): readonly string[] {
  return readdirSync(join(__dirname, folder))
    .filter((file) => file.endsWith(".ts") && !/\.(cases|test|d)\.ts$/.test(file))
    .map((file) => file.slice(0, -".ts".length))
    .sort();
}

/**
 * The policies that a file exports.
 *
 * @throws Error when the id of one is not that of its file
 */
function policiesIn(folder: string, family: string, file: string): readonly Policy[] {
  const exported: unknown = require(join(__dirname, folder, file));
  const policies = Object.values(Object(exported)).filter(isPolicy);
  for (const { id } of policies) {
    if (id !== `${family}-${file}`) {
      throw new Error(
        `policies/${folder}/${file}.ts exports the policy "${id}": name it "${family}-${file}"`,
      );
    }
  }
  return policies;
}

function isPolicy(value: unknown): value is Policy {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    "validate" in value &&
    "scope" in value &&
    (value.scope === "resource" || value.scope === "stack")
  );
}
