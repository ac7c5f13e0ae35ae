import { everywhere } from "../everywhere";
import type { ResourcePolicy } from "../policy";
import { unknown } from "../value";

export const linodeInstanceHardened: ResourcePolicy = {
  id: "linode-instance-hardened",
  scope: "resource",
  what: "Instances, nodes and volumes have encrypted disks and no password logins.",
  why: "An unencrypted disk can be read after it is discarded, and passwords of root are guessed from the internet all day.",
  severity: "high",
  standards: ["PCI-DSS 4: 3.5.1, 8.3.1", "K6"],
  remediation:
    "Remove diskEncryption and encryption where they are disabled, and name authorizedKeys in place of rootPass.",
  appliesTo: (type) => type.startsWith("linode:"),
  *validate({ properties }) {
    for (const { path, key, value } of everywhere(properties)) {
      if (value === unknown) continue;
      if (/^(diskEncryption|encryption)$/.test(key) && value === "disabled") {
        yield `${path} is disabled: remove it.`;
      }
      if (key === "rootPass") yield `${path} is set, a password for root: name authorizedKeys.`;
    }
  },
};
