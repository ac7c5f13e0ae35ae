import { join } from "node:path";
import { configurationPage } from "./configuration-page";
import { stackFileSchema } from "./stack-file-schema";

/** What is generated, by the path that it is kept at. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const folder = join(__dirname, "reference");
  return new Map([
    [join(folder, "configuration.md"), configurationPage()],
    [join(folder, "stack-config.schema.json"), `${JSON.stringify(stackFileSchema(), null, 2)}\n`],
  ]);
}
