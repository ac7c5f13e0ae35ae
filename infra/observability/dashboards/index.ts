import { aiMiddleware } from "./ai-middleware";
import { aiServices } from "./ai-services";
import { aiaas } from "./aiaas";
import { business } from "./business";
import type { DashboardContext } from "./context";
import type { Dashboard } from "./dashboard";
import { dataStores } from "./data-stores";
import { infrastructure } from "./infrastructure";
import { marketResearch } from "./market-research";
import { sla } from "./sla";

const all = [
  aiServices,
  infrastructure,
  business,
  sla,
  aiMiddleware,
  aiaas,
  marketResearch,
  dataStores,
] as const;

/** Every dashboard that has something to show. (O1) */
export function dashboardsOf(context: DashboardContext): readonly Dashboard[] {
  return all.flatMap((make) => make(context) ?? []);
}
