import type { ResourcePolicy } from "../policy";
import { at, items, unknown } from "../value";

const token = "linode:index/token:Token";
const user = "linode:index/user:User";
const storageKey = "linode:index/objectStorageKey:ObjectStorageKey";

export const linodeKeysLimited: ResourcePolicy = {
  id: "linode-keys-limited",
  scope: "resource",
  what: "Tokens, Object Storage keys and users say what they are for.",
  why: "A token for everything, or for the account itself, and a user without restrictions can do all there is; a key without buckets opens them all.",
  severity: "critical",
  standards: ["PCI-DSS 4: 7.2.2", "K6"],
  remediation:
    'List scopes such as "domains:read_write" instead of "*" or "account:read_write", buckets in bucketAccesses, and set restricted to true for users.',
  appliesTo: (type) => [token, storageKey, user].includes(type),
  *validate({ type, properties }) {
    if (type === token) {
      const scopes = at(properties, "scopes");
      const whole = typeof scopes === "string" ? scopes.split(/[\s,]+/).find(isWhole) : undefined;
      if (whole === undefined) return;
      yield whole === "*"
        ? 'scopes is "*": list what it is for.'
        : `scopes holds ${whole}, by which it makes users and tokens for everything: list what it is for.`;
      return;
    }
    if (type === user) {
      const isRestricted = at(properties, "restricted");
      if (properties !== unknown && isRestricted !== true && isRestricted !== unknown) {
        yield "restricted is not true, so it may do everything in the account: set it, and grant what is needed.";
      }
      return;
    }
    const accesses = at(properties, "bucketAccesses");
    if (properties !== unknown && accesses !== unknown && items(accesses).length === 0) {
      yield "bucketAccesses is not set, so the key opens every bucket: name them.";
    }
  },
};

/** Whether a scope is the whole account: by itself, or by the users and tokens that it may make. */
function isWhole(scope: string): boolean {
  return scope === "*" || /^(child_)?account:(read_write|\*)$/i.test(scope);
}
