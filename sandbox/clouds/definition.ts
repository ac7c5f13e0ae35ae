import type { Values } from "../providers/standin";
import type { Schema } from "./schema";
import type { Invoke, Place, Tables } from "./table";

/** A cloud as one provider instance sees it: its tables and where it is. */
export interface CloudDefinition extends Place {
  readonly cloud: "aws" | "linode";
  readonly schema: Schema;
  readonly tables: Tables;
  readonly invokes: Readonly<Record<string, Invoke>>;
  /** Settings of the provider that deletions go by. */
  readonly settings?: Values;
  /**
   * Outputs that every resource has for which the SDK declares them (region, owner, tags with the provider's). The time
   * of creation is not known to previews.
   */
  readonly common: (inputs: Values, place: Place, createdAt?: string) => Values;
  /** Where to add a type, for the message about one that is missing. */
  readonly tablesFolder: string;
}
