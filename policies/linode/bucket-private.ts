import type { ResourcePolicy } from "../policy";
import { at } from "../value";

const resources = ["ObjectStorageBucket", "ObjectStorageObject"].map(
  (name) => `linode:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`,
);

export const linodeBucketPrivate: ResourcePolicy = {
  id: "linode-bucket-private",
  scope: "resource",
  what: "Object Storage buckets and their objects are private.",
  why: "What everybody may read is found and copied by scanners; what everybody may write is used to host their files.",
  severity: "critical",
  standards: ["PCI-DSS 4: 1.3.1", "K6", "C8"],
  remediation: 'Remove acl or set it to "private", and hand out pre-signed URLs instead.',
  remediates: "Sets acl to private.",
  appliesTo: (type) => resources.includes(type),
  *validate({ properties }) {
    const acl = at(properties, "acl");
    if (typeof acl === "string" && acl !== "private") {
      yield { message: `acl is "${acl}": remove it, or set "private".`, path: "acl", value: "private" };
    }
  },
};
