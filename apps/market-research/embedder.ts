import type * as pulumi from "@pulumi/pulumi";
import { internet } from "../../infra/network/edge";
import { Batch } from "../workload/batch";
import { fromSecret } from "../workload/container";
import { workloadImage } from "../workload/images";
import type { MarketResearchContext } from ".";

/** Rebuilds the embeddings index every night. (N2, 004) */
export function createEmbedder(
  name: string,
  { site, config, namespace, index, secrets }: MarketResearchContext,
  parent: pulumi.Resource,
): Batch {
  return new Batch(
    name,
    {
      site,
      namespace,
      workload: "embedder",
      image: workloadImage(site, config.images, "embedder"),
      schedule: "0 2 * * *",
      resources: { requests: { cpu: "1", memory: "2Gi" }, limits: { cpu: "2", memory: "4Gi" } },
      sizedFor: ["staging", "production"],
      environment: { INDEX_PATH: "/index", OPENAI_API_KEY: fromSecret(secrets, "openai-api-key") },
      mounts: [{ kind: "volume", path: "/index", claim: index }],
      calls: [{ party: internet("api.openai.com"), ports: [443] }],
    },
    { parent },
  );
}
