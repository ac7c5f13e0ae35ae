import { readFileSync } from "node:fs";
import { join } from "node:path";
import { policiesPage } from "../policies/reference-page";
import { architecturePage, withArchitecture } from "./architecture/page";
import { configurationPage } from "./configuration-page";
import { decisionsPage } from "./decisions-page";
import { memoryPage } from "./memory-page";
import { publicHostsPage } from "./public-hosts-page";
import { reportPicture } from "./report-picture";
import { secretsPage } from "./secrets-page";
import { stackFileSchema } from "./stack-file-schema";
import { traceabilityPage } from "./traceability/page";

/** What is generated, by the path that it is kept at. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const folder = join(__dirname, "reference");
  const readme = join(__dirname, "../README.md");
  return new Map([
    [readme, withArchitecture(readFileSync(readme, "utf8"))],
    [join(__dirname, "architecture.md"), architecturePage()],
    [join(__dirname, "decisions.md"), decisionsPage()],
    [join(__dirname, "report.svg"), reportPicture()],
    [join(folder, "configuration.md"), configurationPage()],
    [join(folder, "memory-limits.md"), memoryPage()],
    [join(folder, "policies.md"), policiesPage()],
    [join(folder, "public-hosts.md"), publicHostsPage()],
    [join(folder, "secrets.md"), secretsPage()],
    [join(folder, "traceability.md"), traceabilityPage()],
    [join(folder, "stack-config.schema.json"), `${JSON.stringify(stackFileSchema(), null, 2)}\n`],
  ]);
}
