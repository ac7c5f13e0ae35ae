import type { Environment } from "./environment";
import type { SystemName } from "./systems";

/** Where each system answers in production, as the seeds have it. (000, 002, 003; 004 names none) */
const productionHosts: Readonly<Record<SystemName, string>> = {
  atlas: "ai.atlas-financial.com",
  aiaas: "api.aiaas.example.com",
  "ai-middleware": "api.yourdomain.com",
  "market-research": "research.example.com",
};

/** Hosts of the platform, beside Atlas' own: `grafana` beside `ai.atlas-financial.com` is `grafana.atlas-financial.com`. (000, 001) */
export const platformHosts = ["grafana", "jaeger", "registry", "market-data"] as const;

/** A host of the platform. */
export type PlatformHost = (typeof platformHosts)[number];

/**
 * Where a system answers unless its stack says otherwise. Outside production the environment is a domain of its own within
 * production's: stacks of different environments never claim one host, and one zone can be handed to each.
 */
export function defaultHost(system: SystemName, environment: Environment): string {
  const host = productionHosts[system];
  return environment === "production" ? host : host.replace(".", `.${environment}.`);
}

/** Where a system answers. */
export function hostOf(
  system: SystemName,
  settings: { readonly host?: string | undefined } | undefined,
  environment: Environment,
): string {
  return settings?.host ?? defaultHost(system, environment);
}

/** A host of the platform beside Atlas' own. */
export function hostBeside(host: string, name: PlatformHost): string {
  return host.replace(/^[^.]+/, name);
}

/**
 * Annotation of an Ingress that says after how long without a sign of an answer a visitor gets an error: the shortest time
 * of all that stand between. The proof of paths holds it against each of them.
 */
export const answersWithin = "ai-platform/answers-within";
