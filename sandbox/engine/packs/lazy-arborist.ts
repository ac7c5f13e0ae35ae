import { Module } from "node:module";

/**
 * Pulumi's SDK loads the resolver of npm's dependencies, the largest of its modules, for programs that send
 * functions to the cloud. Neither the policy pack nor the sandbox does: the resolver is loaded on first use,
 * and not at every start.
 */
const file = found("@npmcli/arborist");
if (file !== undefined && require.cache[file] === undefined) {
  const later = new Module(file);
  later.exports = {
    // The SDK then takes the object as it is, and does not look into it.
    __esModule: true,
    get Arborist(): unknown {
      if (require.cache[file] === later) delete require.cache[file];
      return require(file).Arborist;
    },
  };
  later.loaded = true;
  require.cache[file] = later;
}

/** Undefined where the SDK does without it, or has it in a place of its own. */
function found(name: string): string | undefined {
  try {
    return require.resolve(name);
  } catch {
    return undefined;
  }
}
