import { readdirSync } from "node:fs";
import { join } from "node:path";
import { exemptionConfigured } from "./exemptions/configured";
import { exemptionInForce } from "./exemptions/in-force";
import { exemptionValid } from "./exemptions/valid";
import { helmRendered } from "./helm/rendered";
import type { Policy } from "./policy";

/**
 * Folders of policies, and what the ids of their policies begin with. A file of theirs that exports a policy is in the
 * pack: its id is the family and the file's name, `kubernetes-non-root` for `kubernetes/non-root.ts`. Each loads its own files
 * by a path whose beginning is written out: then a bundler sees which files may be asked for.
 */
export const families = [
  {
    folder: "kubernetes",
    family: "kubernetes",
    load: (file: string): unknown => require(`./kubernetes/${file}.ts`),
  },
  { folder: "aws", family: "aws", load: (file: string): unknown => require(`./aws/${file}.ts`) },
  { folder: "linode", family: "linode", load: (file: string): unknown => require(`./linode/${file}.ts`) },
  { folder: "helm", family: "helm", load: (file: string): unknown => require(`./helm/${file}.ts`) },
  {
    folder: "stateful",
    family: "stateful",
    load: (file: string): unknown => require(`./stateful/${file}.ts`),
  },
  {
    folder: "resources",
    family: "resource",
    load: (file: string): unknown => require(`./resources/${file}.ts`),
  },
  {
    folder: "exemptions",
    family: "exemption",
    load: (file: string): unknown => require(`./exemptions/${file}.ts`),
  },
] as const;

type Family = (typeof families)[number];

/** What the rules' own exceptions are judged by runs after them. */
const last: readonly string[] = ["exemptions"];

const rules = families.flatMap((one) =>
  last.includes(one.folder) ? [] : policyFiles(one.folder).flatMap((file) => policiesIn(one, file)),
);

const ofObjects = rules.flatMap((rule) =>
  rule.scope === "resource" && rule.id.startsWith("kubernetes-") ? [rule] : [],
);

const judges: readonly Policy[] = [...rules, helmRendered(ofObjects)];

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
function policiesIn({ folder, family, load }: Family, file: string): readonly Policy[] {
  const exported = load(file);
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
