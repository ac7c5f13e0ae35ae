import { systems as registry } from "../../apps/registry";
import type { StackConfig } from "../../infra/config/stack";
import { modelChecksums, modelFolder } from "../../infra/models/contract";
import { placeSystems } from "../../infra/systems/system";
import { type Finding, notChecked, type Row, verdictOf } from "../row";
import { messageOf } from "./answer";
import type { PreflightContext } from "./context";

/** A version of a model that a system loads from the bucket. */
interface WantedModel {
  readonly system: string;
  readonly model: string;
  readonly version: string;
}

/** The models of the systems on AWS: only there pods open a bucket of models. */
function wantedModels(config: StackConfig | undefined): readonly WantedModel[] {
  return placeSystems(registry, config?.systems ?? {}).flatMap(({ name, models = [], settings }) => {
    const { cluster, modelVersion: version } = settings;
    if (cluster !== "aws" || version === undefined) return [];
    return models.map((model) => ({ system: name, model, version }));
  });
}

/** A bucket that is not there: the first `up` makes it, empty. */
const noBucket = /NoSuchBucket|\(404\)/;

/** Whether the versions of models that the stack names are in its bucket. What needs one does not start without it. (N2, N3) */
export const modelsRow: Row<PreflightContext> = {
  id: "models",
  title: "The bucket has every version of a model that the stack names",
  seed: "004; 000; N3",
  appliesTo: ({ config }) => config?.aws !== undefined && wantedModels(config).length > 0,
  check: async ({ config, output }) => {
    const bucket = `${config?.aws?.buckets.prefix}-models`;
    const findings: Finding[] = [];
    for (const { system, model, version } of wantedModels(config)) {
      const folder = modelFolder(model, version);
      // Uploaded last: with it the version is whole.
      const key = `${system}/${folder}/${modelChecksums}`;
      const words = ["s3api", "list-objects-v2", "--bucket", bucket, "--prefix", key];
      const command = [...words, "--max-keys", "1", "--query", "KeyCount", "--output", "text"];
      const answer = await output("aws", ...command).catch((error: unknown) => messageOf(error));
      if (noBucket.test(answer)) {
        return notChecked(
          `there is no bucket ${bucket} yet: the first up makes it, then npm run push-model fills it, and the next up starts what waits for models`,
        );
      }
      if (Number(answer.trim()) > 0) continue;
      findings.push({
        about: `ai-platform:systems.${system}.modelVersion`,
        expected: `s3://${bucket}/${key}`,
        found: answer.trim() === "0" ? "none" : answer.trim(),
        look: `npm run push-model -- --model-path models/${folder} --bucket ${bucket} --region ${config?.aws?.region}`,
      });
    }
    return verdictOf(findings);
  },
};
