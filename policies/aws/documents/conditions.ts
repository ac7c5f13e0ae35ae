import { internetIn } from "../../networks/ranges";
import { entries, unknown, type Value } from "../../value";

/** A test of a condition that must hold, and fails where the request lacks its key. */
interface Test {
  /** In lower case, as AWS compares them. */
  readonly key: string;
  readonly operator: string;
  /** Undefined when they are not known. */
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

/** Whether a condition, or a part of it that decides, is not known yet. */
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

/** Whether a condition narrows "everybody" to some, or may do so once it is known. */
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

/** Whether a value takes in what anybody could have. */
function isWide({ key, operator }: Test, value: string): boolean {
  if (operator === "bool") return value.toLowerCase() !== "true";
  // A key that is compared with itself holds always.
  if (value.toLowerCase() === `\${${key}}`) return true;
  const isPattern = operator.endsWith("like") || operator.startsWith("arn");
  if (!isPattern || !/[*?]/.test(value)) return false;
  if (!value.startsWith("arn:")) return /^[*?]/.test(value);
  const [, , , , account = "", ...name] = value.split(":");
  // Names of buckets are everybody's, and have no account.
  return account === "" ? /^[*?]/.test(name.join(":")) : /[*?]/.test(account);
}

/** Condition keys that hold for whoever asks, or say only how and from where, and never what is acted on. */
const notOfResources =
  /^(aws:(calledvia.*|currenttime|epochtime|ec2instancesourcevpc|federatedprovider|multifactorauth.*|principal.*|referer|requestedregion|secure.*|source.*|tagkeys|tokenissuetime|user.*|via.*|vpcsourceip)|kms:granteeprincipal)$/;

/**
 * Whether a condition narrows what an action may be done to, or may do so once it is known. `Null` does when it asks for a tag to be
 * there; what it says of other keys, or that a key is missing, does not.
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

/** Keys by which providers of identities that everybody may sign up with say whose application it is. */
const applications =
  /^(accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com|cognito-identity\.amazonaws\.com):(aud|app_id)$/;

/** Whether a condition says which of a provider's identities may come in: by their subject, or the SAML application. */
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

/** Whether a pattern of subjects names at least their owner: `repo:acme/*`, `system:serviceaccount:shop:*`. */
function isSubject(value: string): boolean {
  const [owner = ""] = value
    .replace(/^(repo|project_path|organization|system:serviceaccount|arn):/, "")
    .split(/[/:]/);
  return owner !== "" && !/[*?]/.test(owner);
}
