import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { optionalServices } from "../infra/config/platform";
import { modelOf } from "../model/expand";
import { Plan } from "../model/plan";
import { today } from "../policies/day";
import { record } from "../test/golden/plan";
import { proofs } from ".";
import { faultsOf, prove } from "./prove";

/** A stack that is refused without them: `infra/config/rules/left-out.ts`. */
const needed: readonly string[] = ["dns", "mesh"];

test("production without any service that it can do without: nothing is made for those, and nothing looks for them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "left-out-"));
  try {
    const document = parseDocument(readFileSync(join(__dirname, "..", "Pulumi.prod.yaml"), "utf8"));
    const platform = ["config", "ai-platform:platform"];
    document.deleteIn([...platform, "gitops"]);
    document.setIn(
      [...platform, "without"],
      optionalServices.filter((service) => !needed.includes(service)),
    );
    const file = join(folder, "Pulumi.prod.yaml");
    writeFileSync(file, document.toString());
    const { resources } = await record("prod", file);
    const plan = Plan.of("prod", resources);
    const result = prove({ model: modelOf(plan), plan }, proofs, today());
    expect(faultsOf(result).map(({ proof, object, rule }) => `${proof}: ${object}: ${rule}`)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
