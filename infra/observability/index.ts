export { GuestAlerts, type GuestAlertsArgs } from "./guest-alerts";
export { Observability, type ObservabilityArgs } from "./observability";
