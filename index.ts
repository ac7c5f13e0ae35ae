import { program } from "./program";

/**
 * Pulumi calls what this module exports, and shows what it answers as the stack's outputs.
 *
 * The SDK takes a stack trace of every promise that it makes. Translating them all to lines of TypeScript is half of the
 * time that a large stack needs to describe its resources, so meanwhile they stay as they are: neither Node nor the hook that
 * the SDK sets translates them.
 */
export = async () => {
  const translating = process.sourceMapsEnabled;
  const { prepareStackTrace } = Error;
  process.setSourceMapsEnabled(false);
  Reflect.deleteProperty(Error, "prepareStackTrace");
  try {
    return await program();
  } finally {
    process.setSourceMapsEnabled(translating);
    Error.prepareStackTrace = prepareStackTrace;
  }
};
