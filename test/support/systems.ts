import { stackSchema, systems } from "../../apps/registry";
import { type Placed, placeSystems } from "../../infra/systems/system";

/** The systems of a stack whose configuration has these sections, by the systems' names. */
export function placed(sections: Readonly<Record<string, unknown>>): readonly Placed[] {
  return placeSystems(systems, stackSchema.shape.systems.parse(sections));
}
