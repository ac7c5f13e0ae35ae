import "./lazy-arborist";
import { readPropertiesOnce } from "./read-once";
import { readStructsPlainly } from "./read-plainly";

/** The release of Pulumi's policy SDK whose internals the patches know. */
const known = /^v?1\.2[01]\./;

/**
 * Makes Pulumi's policy SDK faster for a pack that the sandbox starts: with them the pack of this project takes a third of the CPU
 * time. A pack runs without them as well, and so it does wherever else it is used.
 */
function patch(): void {
  const { version }: { readonly version?: unknown } = require("@pulumi/policy/package.json");
  if (typeof version !== "string" || !known.test(version)) {
    process.stderr.write(
      `Pulumi's policy SDK ${String(version)} is not known here: policies run as it reads them, slower.\n`,
    );
    return;
  }
  readStructsPlainly();
  readPropertiesOnce();
}

patch();
