import { writeFileSync } from "node:fs";
import { unpinnedImagesFile } from "../facts/unpinned";
import { readPlan } from "../model/read-plan";
import { reviewedStacks } from "../model/reviewed";
import { configurationFile, configurationOf } from "./configuration";
import { operatorSources, operatorsFile } from "./places/table";
import { withSystems } from "./systems-images";

write(unpinnedImagesFile, withSystems());
write(operatorsFile, operatorSources());
for (const stack of reviewedStacks()) {
  write(configurationFile(stack), configurationOf(readPlan(stack)));
}

/** JSON that the formatter can put on few lines: it keeps an object together whose first key is beside its bracket. */
function write(file: string, content: object): void {
  const text = JSON.stringify(content, undefined, 2).replaceAll(/\{\n\s+(?="kind":)/g, "{ ");
  writeFileSync(file, `${text}\n`);
  console.log(`wrote ${file}`);
}
