/** Every dashboard, by the last part of its address. */
export const dashboardNames = [
  "ai-middleware",
  "ai-services",
  "aiaas",
  "business",
  "data-stores",
  "infrastructure",
  "market-research",
  "sla",
] as const;

/** A dashboard, by the last part of its address. */
export type DashboardName = (typeof dashboardNames)[number];
