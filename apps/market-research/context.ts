import type { SystemsConfig } from "../../infra/config/systems";
import type { Site } from "../../infra/kit/site";
import type { SecretReference } from "../../infra/secrets/secret-bundles";

/** Arguments of {@link MarketResearch}. */
export interface MarketResearchArgs {
  readonly site: Site;
  readonly config: NonNullable<SystemsConfig["market-research"]>;
}

/** What the parts of the system share. */
export interface MarketResearchContext extends MarketResearchArgs {
  readonly namespace: string;
  /** Claim of the volume with the models, one folder for each version. (N3) */
  readonly models: string;
  /** Claim of the volume with the embeddings index. (N2) */
  readonly index: string;
  /** The system's secrets: the key to OpenAI, where the stack falls back on it. */
  readonly secrets: SecretReference;
}
