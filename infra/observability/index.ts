export { Observability, type ObservabilityArgs } from "./observability";
