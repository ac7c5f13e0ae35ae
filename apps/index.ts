import type { DataOperators } from "../infra/platform/data-operators";
import { runs, type Site } from "../infra/platform/site";
import { AiMiddleware } from "./ai-middleware";
import { Aiaas } from "./aiaas";
import { Atlas } from "./atlas";

/**
 * The systems that the stack runs on a site. (D2)
 *
 * @param operators what looks after the data stores there
 */
export function createSystems(site: Site, operators: DataOperators): void {
  const { atlas } = site.systems;
  if (atlas && runs(site, "atlas")) new Atlas("atlas", { site, config: atlas, operators });
  if (runs(site, "aiaas")) new Aiaas("aiaas", { site, operators });
  if (runs(site, "ai-middleware")) new AiMiddleware("ai-middleware", { site, operators });
}
