import type { Site } from "./site";

/** The domain of Atlas' public hosts. (000, 001) */
const domain = "atlas-financial.com";

/**
 * A public host of Atlas: `NAME.atlas-financial.com` in production, as the seeds have it; elsewhere the environment is
 * part of the name, so that no stack asks for another's certificates.
 */
export function atlasHost({ environment }: Site, name: string): string {
  return environment === "production" ? `${name}.${domain}` : `${name}.${environment}.${domain}`;
}
