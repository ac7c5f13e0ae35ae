import { program } from "./program";

/**
 * Pulumi calls what this module exports, and shows what it answers as the stack's outputs.
 *
 * The SDK takes a stack trace of every promise that it makes. Translating them all to lines of TypeScript is half of the
 * time that a large stack needs to describe its resources, so meanwhile they stay as they are.
 */
export = async () => {
  const translating = process.sourceMapsEnabled;
  process.setSourceMapsEnabled(false);
  try {
    return await program();
  } finally {
    process.setSourceMapsEnabled(translating);
  }
};
