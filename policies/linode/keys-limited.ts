import type { ResourcePolicy } from "../policy";
import { at, items, unknown } from "../value";

const token = "linode:index/token:Token";
const user = "linode:index/user:User";
const storageKey = "linode:index/objectStorageKey:ObjectStorageKey";

export const linodeKeysLimited: ResourcePolicy = {
  id: "linode-keys-limited",
  scope: "resource",
  what: "Tokens, Object Storage keys and users say what they are for.",
  why: "A token without scopes and a user without restrictions are the account, and a key without buckets opens them all.",
  severity: "critical",
  standards: ["PCI-DSS 4: 7.2.2", "K6"],
  remediation:
    'List scopes such as "domains:read_write" instead of "*", buckets in bucketAccesses, and set restricted to true for users.',
  appliesTo: (type) => [token, storageKey, user].includes(type),
  *validate({ type, properties }) {
    if (type === token) {
      const scopes = at(properties, "scopes");
      if (scopes === "*") yield 'scopes is "*": list what it is for.';
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
