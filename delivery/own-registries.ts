import { readStackFacts } from "./stack-facts";

/** Registries of the systems' own images, as a stack's file has them: `registry.atlas-financial.com/atlas`. */
export function ownRegistries(projectDirectory: string, stack: string): readonly string[] {
  const { systems } = readStackFacts(projectDirectory, stack);
  return Object.values(systems).flatMap((system) => (system === undefined ? [] : [system.images.registry]));
}
