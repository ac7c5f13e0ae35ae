import { items, type Value } from "../value";

/** What a container may do on its machine, asked alike of Kubernetes, ECS and Batch. */

/** Capabilities that a container may have beside none, in the configuration of the policies that ask. */
export const allowedAdditions = {
  type: "array",
  items: { type: "string" },
  default: ["NET_BIND_SERVICE"],
  description: "Capabilities that a container may add back.",
} as const;

/** The capabilities that a container certainly adds and that are not allowed. */
export function excessOf(added: Value | undefined, allowed: readonly string[]): readonly string[] {
  return items(added).flatMap((one) => (typeof one === "string" && !allowed.includes(one) ? [one] : []));
}

/** Whether a user, by number or by name and with or without a group, is certainly root. */
export function isRoot(user: Value | undefined): boolean {
  return user === 0 || (typeof user === "string" && /^(0+|root|ContainerAdministrator)(:|$)/.test(user));
}
