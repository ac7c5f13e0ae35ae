import { failure, type Rule } from "../../clouds/table";
import { texts } from "../../clouds/values";

/**
 * Where a policy document stands decides what its statements must say: identity policies name resources, trust
 * policies name who may assume the role, resource policies name both.
 */
export type DocumentKind = "identity" | "trust" | "resource";

interface Statement {
  readonly [key: string]: unknown;
}

const statementKeys = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

/** The texts at the path are policy documents as IAM accepts them. */
export function policyDocument(path: string, kind: DocumentKind, maximumLength: number): Rule {
  return (inputs) =>
    texts(inputs, path).flatMap((document) => {
      const faults = documentFaults(document, kind);
      const length = document.replace(/\s/g, "").length;
      if (length > maximumLength) {
        faults.push(`it has ${length} characters without spaces, and at most ${maximumLength} are allowed`);
      }
      return faults.map((fault) => failure(path, `MalformedPolicyDocument: ${fault}`));
    });
}

/** The statements of a document that is known to be well formed. */
export function statementsOf(document: string): readonly Statement[] {
  const parsed: unknown = parse(document);
  return isRecord(parsed) ? listOf(parsed.Statement).filter(isRecord) : [];
}

/** One or several strings, as policy documents write them. */
export function stringsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

function documentFaults(document: string, kind: DocumentKind): string[] {
  const parsed: unknown = parse(document);
  if (!isRecord(parsed)) return [`it is not a JSON object: ${document.slice(0, 60)}`];
  const faults: string[] = [];
  if (parsed.Version !== "2012-10-17" && parsed.Version !== "2008-10-17") {
    faults.push(`Version must be "2012-10-17", found ${JSON.stringify(parsed.Version)}`);
  }
  const statements = listOf(parsed.Statement);
  if (statements.length === 0) faults.push("Statement is missing or empty");
  return [...faults, ...statements.flatMap((statement, index) => statementFaults(statement, index, kind))];
}

function statementFaults(statement: unknown, index: number, kind: DocumentKind): readonly string[] {
  const at = `Statement[${index}]`;
  if (!isRecord(statement)) return [`${at} is not an object`];
  const faults = Object.keys(statement)
    .filter((key) => !statementKeys.includes(key))
    .map((key) => `${at} has the unknown element "${key}"`);
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny") {
    faults.push(`${at}.Effect must be "Allow" or "Deny", found ${JSON.stringify(statement.Effect)}`);
  }
  const actions = [...stringsOf(statement.Action), ...stringsOf(statement.NotAction)];
  if (actions.length === 0) faults.push(`${at} has no Action`);
  for (const action of actions) {
    if (!/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/.test(action)) faults.push(`${at}: "${action}" is not an action`);
  }
  const resources = [...stringsOf(statement.Resource), ...stringsOf(statement.NotResource)];
  const hasPrincipal = statement.Principal !== undefined || statement.NotPrincipal !== undefined;
  if (kind === "trust" && resources.length > 0)
    faults.push(`${at} of a trust policy must not have a Resource`);
  if (kind !== "trust" && resources.length === 0) faults.push(`${at} has no Resource`);
  if (kind === "identity" && hasPrincipal)
    faults.push(`${at} of an identity policy must not have a Principal`);
  if (kind !== "identity" && !hasPrincipal) faults.push(`${at} has no Principal`);
  for (const resource of resources) {
    if (resource !== "*" && !resource.startsWith("arn:")) faults.push(`${at}: "${resource}" is not an ARN`);
  }
  return faults;
}

function parse(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isRecord(value: unknown): value is Statement {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
