import { systems as registry } from "../../apps/registry";
import { modelChecksums, modelFolder } from "../../infra/models/contract";
import { placeSystems } from "../../infra/systems/system";
import { type Finding, notChecked, type Row, verdictOf } from "../row";
import { messageOf } from "./answer";
import type { PreflightContext } from "./context";
import { clustersOn } from "./each-cluster";

/** A version of a model that a system loads from the bucket. */
interface WantedModel {
  readonly system: string;
  readonly folder: string;
  readonly bucket: string;
  readonly region: string;
}

/** The models of the systems on AWS: only there pods open a bucket of models. */
function wantedModels(around: PreflightContext): readonly WantedModel[] {
  return placeSystems(registry, around.config?.systems ?? {}).flatMap(({ name, models = [], settings }) => {
    const { cluster, modelVersion } = settings;
    const place = clustersOn(around, "aws").find((one) => one.name === cluster);
    if (place === undefined || modelVersion === undefined) return [];
    const { buckets, region } = place.config;
    return models.map((model) => ({
      system: name,
      folder: modelFolder(model, modelVersion),
      bucket: `${buckets.prefix}-models`,
      region,
    }));
  });
}

/** A bucket that is not there: the first `up` makes it, empty. */
const noBucket = /NoSuchBucket|\(404\)/;

/** Whether the versions of models that the stack names are in its bucket. What needs one does not start without it. (N2, N3) */
export const modelsRow: Row<PreflightContext> = {
  id: "models",
  title: "The bucket has every version of a model that the stack names",
  seed: "004; 000; N3",
  appliesTo: (around) => wantedModels(around).length > 0,
  check: async (around) => {
    const findings: Finding[] = [];
    for (const { system, folder, bucket, region } of wantedModels(around)) {
      // Uploaded last: with it the version is whole.
      const key = `${system}/${folder}/${modelChecksums}`;
      const words = ["s3api", "list-objects-v2", "--bucket", bucket, "--prefix", key];
      const command = [...words, "--max-keys", "1", "--query", "KeyCount", "--output", "text"];
      const answer = await around.output("aws", ...command).catch((error: unknown) => messageOf(error));
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
        look: `npm run push-model -- --model-path models/${folder} --bucket ${bucket} --region ${region}`,
      });
    }
    return verdictOf(findings);
  },
};
