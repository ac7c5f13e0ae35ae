import type * as pulumi from "@pulumi/pulumi";
import type { SystemName } from "../infra/config/systems";
import { runs, type Site } from "../infra/kit/site";
import type { DataOperators } from "../infra/platform/data-operators";
import { GitOpsApplication } from "../infra/platform/gitops-application";
import type { ModelRegistry } from "../infra/platform/model-registry";
import { AiMiddleware } from "./ai-middleware";
import { Aiaas } from "./aiaas";
import { Atlas } from "./atlas";
import { MarketResearch } from "./market-research";

/** What systems need of the platform to be there before them, where this stack has it. */
export interface PlatformParts {
  /** What looks after the data stores. */
  readonly operators: DataOperators;
  /** What makes load balancers for Services that ask for one. */
  readonly loadBalancers?: pulumi.Resource | undefined;
  /** What keeps the versions of models. */
  readonly modelRegistry?: ModelRegistry | undefined;
  /** What carries out Argo CD's applications. */
  readonly gitops?: pulumi.Resource | undefined;
}

/**
 * The systems that the stack runs on a site: made by the program, or by Argo CD, so that each object has one owner.
 * (D2, D11)
 */
export function createSystems(
  site: Site,
  { operators, loadBalancers, modelRegistry, gitops }: PlatformParts,
): void {
  const { atlas, aiaas, "ai-middleware": middleware, "market-research": research } = site.systems;
  const common = { site, operators };
  if (atlas && isOurs(site, "atlas", gitops)) {
    new Atlas("atlas", { ...common, config: atlas, loadBalancers, modelRegistry });
  }
  if (aiaas && isOurs(site, "aiaas", gitops)) new Aiaas("aiaas", { ...common, config: aiaas });
  if (middleware && isOurs(site, "ai-middleware", gitops)) {
    new AiMiddleware("ai-middleware", { ...common, config: middleware });
  }
  if (research && isOurs(site, "market-research", gitops)) {
    new MarketResearch("market-research", { site, config: research });
  }
}

/** Whether the program makes the system here; one that Argo CD is to make gets its application instead. */
function isOurs(site: Site, system: SystemName, gitops: pulumi.Resource | undefined): boolean {
  if (!runs(site, system)) return false;
  if (site.systems[system]?.delivery !== "gitops") return true;
  new GitOpsApplication(system, { site, system }, { dependsOn: gitops ? [gitops] : [] });
  return false;
}
