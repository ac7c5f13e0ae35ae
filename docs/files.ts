import { join } from "node:path";
import { policiesPage } from "../policies/reference-page";
import { configurationPage } from "./configuration-page";
import { stackFileSchema } from "./stack-file-schema";

/** What is generated, by the path that it is kept at. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const folder = join(__dirname, "reference");
  return new Map([
    [join(folder, "configuration.md"), configurationPage()],
    [join(folder, "policies.md"), policiesPage()],
    [join(folder, "stack-config.schema.json"), `${JSON.stringify(stackFileSchema(), null, 2)}\n`],
  ]);
}
