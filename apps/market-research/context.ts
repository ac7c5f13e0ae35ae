import type { SecretReference } from "../../infra/secrets/secret-bundles";
import type { SystemArgs } from "../../infra/systems/definition";
import type { MarketResearchConfig } from "./configuration";

/** Arguments of {@link MarketResearch}. */
export type MarketResearchArgs = Pick<SystemArgs<MarketResearchConfig>, "site" | "config">;

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
