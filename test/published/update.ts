import { writeFileSync } from "node:fs";
import { keptFile as keptCharts, publishedFacts } from "../charts/chart-facts";
import { keptFile as keptDefinitions, publishedDefinitions } from "../definitions/definition-facts";

/** Makes the facts that the project keeps of published charts and definitions, from the collections beside the repository. */
function update(file: string, facts: unknown): void {
  if (facts === undefined) {
    throw new Error(`there is no collection of facts in ../shared to make ${file} from: it stays as it is`);
  }
  writeFileSync(file, `${JSON.stringify(facts, null, 1)}\n`);
}

update(keptCharts, publishedFacts());
update(keptDefinitions, publishedDefinitions());
