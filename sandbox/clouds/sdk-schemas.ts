import { awsTables } from "../providers/aws";
import { linodeTables } from "../providers/linode";
import { randomTypes } from "../providers/random";
import type { Schema } from "./schema";
import { schemaOfSdk } from "./sdk";

/** What the installed SDKs say about every type in the stand-ins' tables, by the stand-in's folder. */
export function sdkSchemas(): Readonly<Record<string, Schema>> {
  return {
    aws: schemaOfSdk("@pulumi/aws", Object.keys(awsTables)),
    linode: schemaOfSdk("@pulumi/linode", Object.keys(linodeTables)),
    random: schemaOfSdk("@pulumi/random", randomTypes),
  };
}
