import { type Context, meets } from "./condition";
import type { Document, Statement } from "./document";
import { matches, matchesAction } from "./wildcard";

/** An AWS call with its caller and context. */
export interface Request {
  readonly action: string;
  /** ARN of the resource; `*` for actions without resources. */
  readonly resource: string;
  /** ARN of the role that calls. */
  readonly principal: string;
  readonly context?: Context;
}

/** Everything that decides about a request within one account. */
export interface Policies {
  /** The role's own policies. */
  readonly identity: readonly Document[];
  /** The resource's policy; undefined where it has none. */
  readonly resource?: Document;
  /**
   * True where the identity's policies count only if the resource's policy delegates to the account: KMS
   * keys.
   */
  readonly resourceDecides?: boolean;
}

export type Decision = "allowed" | "denied" | "not allowed";

/**
 * Decides like IAM within one account: a deny always wins, and without an allow nothing is allowed. The
 * resource's policy is as good as the identity's where it names the caller.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: Request, { identity, resource, resourceDecides }: Policies): Decision {
  const ofIdentity = identity.flatMap(({ Statement }) => Statement).filter((one) => applies(one, request));
  const ofResource = (resource?.Statement ?? []).filter(
    (one) => applies(one, request) && names(one, request),
  );
  if ([...ofIdentity, ...ofResource].some(isDeny)) {
    return "denied";
  }
  const allows = ofResource.filter((one) => !isDeny(one));
  if (allows.some((one) => namesCaller(one, request))) {
    return "allowed";
  }
  const isOpen = resourceDecides !== true || allows.some((one) => namesAccount(one, request));
  return isOpen && ofIdentity.length > 0 ? "allowed" : "not allowed";
}

function isDeny({ Effect }: Statement): boolean {
  return Effect === "Deny";
}

function applies(statement: Statement, { action, resource, context = {} }: Request): boolean {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const isAction = (one: string): boolean => matchesAction(one, action);
  const isResource = (one: string): boolean => matches(one, resource);
  return (
    (Action?.some(isAction) ?? NotAction?.some(isAction) === false) &&
    (Resource?.some(isResource) ?? (NotResource === undefined || !NotResource.some(isResource))) &&
    meets(Condition, context)
  );
}

/** True when a statement of the resource names the caller or the caller's whole account. */
function names(statement: Statement, request: Request): boolean {
  const { NotPrincipal } = statement;
  if (NotPrincipal !== undefined) {
    return !aws(NotPrincipal).some((one) => one === "*" || one === request.principal);
  }
  return namesCaller(statement, request) || namesAccount(statement, request);
}

function namesCaller({ Principal }: Statement, { principal }: Request): boolean {
  return aws(Principal).some((one) => one === "*" || one === principal);
}

function namesAccount({ Principal }: Statement, { principal }: Request): boolean {
  const account = principal.split(":")[4] ?? "";
  return aws(Principal).some((one) => one === account || one === `arn:aws:iam::${account}:root`);
}

function aws(principal: Statement["Principal"]): readonly string[] {
  if (principal === undefined) {
    return [];
  }
  return principal === "*" ? ["*"] : (principal.AWS ?? []);
}
