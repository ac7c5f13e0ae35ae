import { type Site, systemsAt } from "../kit/site";
import type { SystemLogs } from "../systems/system";

/** The indices of Elasticsearch that the systems on a site's cluster log to, and the files whose lines go to each. (000, 003) */
export function logIndices(site: Site): readonly NonNullable<SystemLogs["elasticsearch"]>[] {
  return systemsAt(site).flatMap(({ logs }) => logs?.elasticsearch ?? []);
}
