import type { SystemName } from "../infra/config/systems";
import type { PlatformServices } from "../infra/platform";
import type { Site } from "../infra/platform/site";
import { AiMiddleware } from "./ai-middleware";
import { Aiaas } from "./aiaas";
import { Atlas } from "./atlas";

/** The systems that the stack runs on a cluster, after what they need of the platform. (D2) */
export function createSystems(site: Site, platform: PlatformServices | undefined): void {
  const runsHere = (system: SystemName): boolean => site.systems[system]?.cluster === site.cluster.name;
  const after = { dependsOn: platform ? [platform] : [] };
  if (runsHere("atlas")) new Atlas("atlas", { site }, after);
  if (runsHere("aiaas")) new Aiaas("aiaas", { site }, after);
  if (runsHere("ai-middleware")) new AiMiddleware("ai-middleware", { site }, after);
}
