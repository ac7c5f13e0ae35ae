import type { ResourcePolicy } from "../policy";
import { at, items, unknown } from "../value";

const token = "linode:index/token:Token";
const storageKey = "linode:index/objectStorageKey:ObjectStorageKey";

export const linodeKeysLimited: ResourcePolicy = {
  id: "linode-keys-limited",
  scope: "resource",
  what: "Tokens and Object Storage keys say what they are for.",
  why: "A token without scopes is the account, and a key without buckets opens them all.",
  severity: "critical",
  standards: ["PCI-DSS 4: 7.2.2", "K6"],
  remediation: 'List scopes such as "domains:read_write" instead of "*", and buckets in bucketAccesses.',
  appliesTo: (type) => type === token || type === storageKey,
  *validate({ type, properties }) {
    if (type === token) {
      const scopes = at(properties, "scopes");
      if (scopes === "*") yield 'scopes is "*": list what it is for.';
      return;
    }
    const accesses = at(properties, "bucketAccesses");
    if (properties !== unknown && accesses !== unknown && items(accesses).length === 0) {
      yield "bucketAccesses is not set, so the key opens every bucket: name them.";
    }
  },
};
