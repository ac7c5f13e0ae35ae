import type { Environment } from "./environment";
/** Hosts of the platform, beside those of the system that has them: `grafana` beside `ai.shop.com` is `grafana.shop.com`. (000, 001) */
export const platformHosts = ["grafana", "jaeger", "registry"] as const;

/** A host of the platform. */
export type PlatformHost = (typeof platformHosts)[number];

/** A system, as far as its hosts go. */
export interface HostOwner {
  /** Where it answers in production. */
  readonly host: string;
}

/**
 * Where a system answers: as its stack says, or as it declares. Outside production the environment is then a domain of its own
 * within production's: stacks of different environments never claim one host, and one zone can be handed to each.
 */
export function hostOf(
  { host }: HostOwner,
  settings: { readonly host?: string | undefined },
  environment: Environment,
): string {
  if (settings.host !== undefined) return settings.host;
  return environment === "production" ? host : host.replace(".", `.${environment}.`);
}

/** A host beside another: `stream` beside `api.shop.com` is `stream.shop.com`. */
export function hostBeside(host: string, name: string): string {
  return host.replace(/^[^.]+/, name);
}

/**
 * Annotation of an Ingress that says after how long without a sign of an answer a visitor gets an error: the shortest time
 * of all that stand between. The proof of paths holds it against each of them.
 */
export const answersWithin = "ai-platform/answers-within";
