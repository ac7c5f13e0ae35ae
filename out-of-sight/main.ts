import { writeFileSync } from "node:fs";
import { readPlan } from "../model/read-plan";
import { reviewedStacks } from "../model/reviewed";
import { configurationFile, configurationOf } from "./configuration";

for (const stack of reviewedStacks()) {
  const file = configurationFile(stack);
  writeFileSync(file, textOf(configurationOf(readPlan(stack))));
  console.log(`wrote ${file}`);
}

/** JSON that the formatter can put on few lines: it keeps an object together whose first key is beside its bracket. */
function textOf(configuration: object): string {
  const text = JSON.stringify(configuration, undefined, 2);
  return `${text.replaceAll(/\{\n\s+(?="kind":)/g, "{ ")}\n`;
}
