import type { SystemName } from "../infra/config/systems";
import type { PlatformServices } from "../infra/platform";
import { GitOpsApplication } from "../infra/platform/gitops-application";
import type { Site } from "../infra/platform/site";
import { AiMiddleware } from "./ai-middleware";
import { Aiaas } from "./aiaas";
import { Atlas } from "./atlas";

/** The systems that the stack runs on a cluster, after what they need of the platform. (D2) */
export function createSystems(site: Site, platform: PlatformServices | undefined): void {
  const after = { dependsOn: platform ? [platform] : [] };
  /** Makes a system that runs here, or has Argo CD make it: one owner for each object. (D11) */
  const deliver = (system: SystemName, create: () => void): void => {
    const placed = site.systems[system];
    if (placed?.cluster !== site.cluster.name) return;
    if (placed.delivery === "gitops") new GitOpsApplication(system, { site, system }, after);
    else create();
  };
  deliver("atlas", () => new Atlas("atlas", { site }, after));
  deliver("aiaas", () => new Aiaas("aiaas", { site }, after));
  deliver("ai-middleware", () => new AiMiddleware("ai-middleware", { site }, after));
}
