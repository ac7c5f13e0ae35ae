/** A call of Kubernetes' API. */
export interface ApiCall {
  /** `get`, `list`, `create`, ... */
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  /** `pods`, `deployments/scale`. */
  readonly resource: string;
  /** Undefined: all at once, or what no namespace has. */
  readonly namespace: string | undefined;
  /** The object's name, where it is known. */
  readonly name?: string;
}

/** `patch apps/deployments/scale in shop`: a call in messages. */
export function textOf({ verb, group, resource, namespace }: Omit<ApiCall, "name">): string {
  const what = `${verb} ${group === "" ? resource : `${group}/${resource}`}`;
  return namespace === undefined ? `${what} everywhere` : `${what} in ${namespace}`;
}
