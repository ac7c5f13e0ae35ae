import { existsSync } from "node:fs";
import { join } from "node:path";
import type { RunOptions } from "../engine/session";

/** Attaches the project's policy pack, at the stack's own enforcement levels; a project without one has no policies. */
export function policyOptions({ projectDirectory, stack }: RunOptions): {
  readonly policyPacks?: string[];
  readonly policyPackConfigs?: string[];
} {
  const pack = join(projectDirectory, "policies");
  if (!existsSync(join(pack, "PulumiPolicy.yaml"))) {
    return {};
  }
  const config = join(pack, "config", `${stack}.json`);
  return { policyPacks: [pack], ...(existsSync(config) && { policyPackConfigs: [config] }) };
}
