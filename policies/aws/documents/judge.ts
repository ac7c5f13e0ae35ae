import { appends, grants, isWholeService, knowsNoResources, onlyLooks, reveals } from "./actions";
import { narrowsAccount, narrowsSubject, narrowsWhat, narrowsWho } from "./conditions";
import type { Statement } from "./document";
import { reachOf } from "./patterns";

/** Why a statement of an identity's policy allows too much; undefined when it does not. */
export function excessOf(statement: Statement): string | undefined {
  const { allows, actions, notActions, resources, notResources, condition } = statement;
  if (!allows) return undefined;
  if (notActions !== undefined) return "allows all but NotAction: list actions.";
  const whole = actions.find((action) => isWholeService(action) && !knowsNoResources(action));
  if (whole !== undefined) return `allows ${whole}: list actions.`;
  if (narrowsWhat(condition)) return undefined;
  const isOwn = narrowsAccount(condition);
  for (const action of actions) {
    if (onlyLooks(action) || knowsNoResources(action)) continue;
    if (notResources !== undefined) return `allows ${action} on all but NotResource: name ARNs in Resource.`;
    const wide = resources.find((arn) => isTooWide(action, arn, isOwn));
    if (wide === undefined) continue;
    return `allows ${action} on "${wide}": name ARNs in Resource, or narrow it by a Condition on what it is done to.`;
  }
  return undefined;
}

/** @param isOwn whether a condition leaves only resources of some accounts */
function isTooWide(action: string, arn: string, isOwn: boolean): boolean {
  const reach = reachOf(arn);
  if (reach === "named") return false;
  if (grants(action) || reveals(action)) return true;
  if (isOwn || reach === "one account") return false;
  return reach === "everything" || !appends(action);
}

/** Whether a statement of a resource's policy allows everybody, without a condition on the caller. */
export function allowsEverybody(statement: Statement): boolean {
  const { allows, condition } = statement;
  return allows && isEverybody(statement) && !narrowsWho(condition);
}

/** Services that do what a resource of any customer's says, and what that resource is. */
const deputies: Readonly<Record<string, string>> = {
  "cloudfront.amazonaws.com": "distributions",
  "s3.amazonaws.com": "buckets",
  "ses.amazonaws.com": "mail rules",
  "sns.amazonaws.com": "topics",
};

/** Why a statement lets a service act for every account; undefined when it does not. */
export function deputyOf({ allows, principals, condition, isNotPrincipal }: Statement): string | undefined {
  if (!allows || isNotPrincipal) return undefined;
  const service = principals?.get("Service")?.find((one) => Object.hasOwn(deputies, one));
  if (service === undefined || narrowsWho(condition)) return undefined;
  return `allows the ${deputies[service]} of every account: add a Condition on aws:SourceArn or aws:SourceAccount.`;
}

/** Why the trust statement of a role accepts too many callers; undefined when it does not. */
export function trustOf(statement: Statement): string | undefined {
  if (!statement.allows) return undefined;
  if (allowsEverybody(statement)) return "lets everybody in: name the principals.";
  const federated = statement.principals?.get("Federated") ?? [];
  if (federated.length === 0 || narrowsSubject(statement.condition)) return undefined;
  return `lets in everybody whom ${federated[0]} knows: add a Condition on the subject, such as "<provider>:sub".`;
}

/** Whether a statement is about everybody. */
export function isEverybody({ principals, isNotPrincipal, allows }: Statement): boolean {
  if (principals === undefined) return false;
  if (isNotPrincipal) return allows;
  return [...principals].some(
    ([kind, who]) => kind === "*" || who.some((one) => one === "*" || isAnyAccount(one)),
  );
}

function isAnyAccount(principal: string): boolean {
  return /^arn:[^:]*:(iam|sts)::[^:]*[*?]/.test(principal);
}
