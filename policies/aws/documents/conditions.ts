import { internetIn } from "../../networks/ranges";
import { entries, unknown, type Value } from "../../value";

/** A test of a condition that must hold, and that fails when the request lacks its key. */
interface Test {
  /** In lower case, as AWS compares them. */
  readonly key: string;
  readonly operator: string;
  /** Undefined when they are unknown. */
  readonly values: readonly string[] | undefined;
}

const positive =
  /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress|NumericEquals|Bool)$/i;

function testsOf(condition: Value | undefined): readonly Test[] {
  return entries(condition).flatMap(([operator, tests]) =>
    positive.test(operator) ? entries(tests).map(([key, values]) => testOf(operator, key, values)) : [],
  );
}

function testOf(operator: string, key: string, values: Value): Test {
  const isKnown =
    values !== unknown && !(Array.isArray(values) && values.some((one: Value) => one === unknown));
  const given: readonly Value[] = Array.isArray(values) ? values : [values];
  return {
    key: key.toLowerCase(),
    operator: operator.replace(/^ForAnyValue:/i, "").toLowerCase(),
    values: isKnown ? given.map(String) : undefined,
  };
}

/** Whether a condition, or a deciding part of it, is still unknown. */
function isOpen(condition: Value | undefined): boolean {
  return condition === unknown || entries(condition).some(([, tests]) => tests === unknown);
}

/** Condition keys that tie a request to an identity or a network. */
const identities = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalisawsservice",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:principalservicename",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpcarn",
  "aws:sourcevpce",
  "aws:userid",
  "aws:vpcsourceip",
  "elasticfilesystem:accessedviamounttarget",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "sns:endpoint",
]);

/** Whether a condition narrows "everybody" to some callers, or may do so once it is known. */
export function narrowsWho(condition: Value | undefined): boolean {
  if (isOpen(condition)) return true;
  return testsOf(condition).some(
    (test) =>
      identities.has(test.key) &&
      test.values?.some((value) => isWide(test, value)) !== true &&
      !isInternet(test),
  );
}

function isInternet({ key, values }: Test): boolean {
  return key.endsWith("sourceip") && internetIn(values ?? []) !== undefined;
}

/** Whether a value includes callers of any account. */
function isWide({ key, operator }: Test, value: string): boolean {
  if (operator === "bool") return value.toLowerCase() !== "true";
  // A key compared with itself always holds.
  if (value.toLowerCase() === `\${${key}}`) return true;
  const isPattern = operator.endsWith("like") || operator.startsWith("arn");
  if (!isPattern || !/[*?]/.test(value)) return false;
  if (!value.startsWith("arn:")) return owners.test(key) ? isAnyOwner(value) : anywhere.test(value);
  const [, , , , account = "", ...name] = value.split(":");
  // Bucket names can belong to any account and contain none.
  return account === "" ? /^[*?]/.test(name.join(":")) : /[*?]/.test(account);
}

/** Keys whose values are ids of an account, an organization, a network or an identity. */
const owners = /^\w+:\w*(account|accountid|orgid|orgpaths|owner|vpce?|userid)$/;

/** A text that begins with anything; an address at one domain does not count. */
const anywhere = /^([a-z]+:\/\/)?[*?](?!@[\w-]+\.\w)/i;

/**
 * Whether a pattern leaves open whose id is meant. The kind of an id, such as `o-` or `vpce-`, says nothing.
 */
function isAnyOwner(value: string): boolean {
  const [owner = ""] = value.split(/[/:]/);
  return /[*?]/.test(owner);
}

/**
 * Condition keys that any caller can satisfy, or that restrict only how and from where, never the resource.
 */
const notOfResources =
  /^(aws:(calledvia.*|currenttime|epochtime|ec2instancesourcevpc|federatedprovider|multifactorauth.*|principal.*|resourceaccount|resourceorg.*|referer|requestedregion|secure.*|source.*|tagkeys|tokenissuetime|user.*|via.*|vpcsourceip)|s3:resourceaccount|kms:granteeprincipal)$/;

/**
 * Whether a condition narrows the resources of an action, or may do so once it is known. `Null` does when it
 * requires a tag; for other keys, or for a missing key, it does not.
 */
export function narrowsWhat(condition: Value | undefined): boolean {
  if (isOpen(condition)) return true;
  const asksForTag = entries(condition).some(
    ([operator, tests]) =>
      /^Null$/i.test(operator) &&
      entries(tests).some(
        ([key, value]) => /(ResourceTag|RequestTag)\//i.test(key) && String(value) === "false",
      ),
  );
  return (
    asksForTag ||
    testsOf(condition).some((test) => {
      if (notOfResources.test(test.key)) return false;
      return test.values?.some((value) => /^[*?]+$/.test(value) || isWide(test, value)) !== true;
    })
  );
}

/**
 * Whether a condition leaves only the resources of some accounts: their secrets and data are all of them
 * still.
 */
export function narrowsAccount(condition: Value | undefined): boolean {
  return testsOf(condition).some(
    (test) =>
      /^(aws|s3):resource(account|orgid|orgpaths)$/.test(test.key) &&
      test.values?.some((value) => isWide(test, value)) !== true,
  );
}

/** Keys with which identity providers that are open to everybody identify the application. */
const applications =
  /^(accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com|cognito-identity\.amazonaws\.com):(aud|app_id)$/;

/**
 * Whether a condition says which identities of a provider are accepted: by subject, or by SAML application.
 */
export function narrowsSubject(condition: Value | undefined): boolean {
  if (isOpen(condition)) return true;
  return testsOf(condition).some(({ key, operator, values }) => {
    if (/^saml:/.test(key) || applications.test(key))
      return values?.every((value) => !/^[*?]*$/.test(value)) !== false;
    if (!/:sub$/.test(key)) return false;
    if (!operator.endsWith("like")) return values?.every((value) => value !== "") !== false;
    return values?.every(isSubject) !== false;
  });
}

/** Whether a pattern of subjects names at least the owner: `repo:acme/*`, `system:serviceaccount:shop:*`. */
function isSubject(value: string): boolean {
  const [owner = ""] = value
    .replace(/^(repo|project_path|organization|system:serviceaccount|arn):/, "")
    .split(/[/:]/);
  return owner !== "" && !/[*?]/.test(owner);
}
