import { definedAt, type Site } from "../infra/kit/site";
import { GitOpsApplication } from "../infra/platform/gitops-application";
import type { PlatformParts, SystemDefinition } from "../infra/systems/definition";

/** Makes the systems that run on a site, or has Argo CD make them: each object has one owner. (D2, D11) */
export function createSystems(
  site: Site,
  definitions: readonly SystemDefinition[],
  parts: PlatformParts,
): void {
  for (const system of definedAt(site, definitions)) {
    const { name, settings, create } = system;
    if (settings.delivery === "gitops") {
      new GitOpsApplication(name, { site, system }, { dependsOn: parts.gitops ? [parts.gitops] : [] });
    } else {
      create({ ...parts, site, config: settings });
    }
  }
}
