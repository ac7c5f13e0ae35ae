import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";

/** What the SDK writes down although Grafana takes it for granted. */
const granted: Readonly<Record<string, unknown>> = {
  asDropdown: false,
  fiscalYearStartMonth: 0,
  graphTooltip: 0,
  includeVars: false,
  keepTime: false,
  repeatDirection: "h",
  targetBlank: false,
  transparent: false,
};

/** A dashboard in as few characters as it takes: the engine writes the whole state of a stack again and again. */
export function compact(dashboard: Dashboard): string {
  return JSON.stringify(dashboard, (key, value: unknown) =>
    isElement(key) || !(isEmpty(value) || (key in granted && granted[key] === value)) ? value : undefined,
  );
}

/** Elements of an array stay, so that the others keep their positions. */
function isElement(key: string): boolean {
  return /^\d*$/.test(key);
}

function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}
