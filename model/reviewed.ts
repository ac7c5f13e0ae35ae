import { join } from "node:path";

/** Where the reviewed plan of a stack is. */
export function reviewedFolder(stack: string): string {
  return join(__dirname, "..", "test", "golden", "plan", stack);
}
