import type { CheckFailure } from "../providers/standin";
import type { CloudDefinition } from "./definition";
import type { ResourceShape } from "./schema";
import type { ResourceTable } from "./table";

/**
 * What is known of a type.
 *
 * @throws Error for one that no table describes
 */
export function describe(
  definition: CloudDefinition,
  type: string,
): { readonly table: ResourceTable; readonly shape: ResourceShape } {
  const table = definition.tables[type];
  const shape = definition.schema.resources[type];
  if (!table || !shape) throw new Error(unknownType(definition, type).reason);
  return { table, shape };
}

/** Why a type cannot be served. */
export function unknownType(definition: CloudDefinition, type: string): CheckFailure {
  const { cloud, tablesFolder } = definition;
  return {
    property: "",
    reason:
      `the sandbox's ${cloud} does not know the type ${type}. Describe it in a table in ${tablesFolder}, ` +
      "then run `npm run schemas`.",
  };
}
