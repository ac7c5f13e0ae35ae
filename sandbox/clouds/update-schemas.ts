import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sdkSchemas } from "./sdk-schemas";

/** Writes schema.json beside each stand-in again, after a type was added to a table or an SDK was updated. */
for (const [folder, schema] of Object.entries(sdkSchemas())) {
  writeFileSync(join(__dirname, "..", "providers", folder, "schema.json"), `${JSON.stringify(schema)}\n`);
}
