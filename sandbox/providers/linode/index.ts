import type { CloudDefinition } from "../../clouds/definition";
import { TableProvider } from "../../clouds/provider";
import { shapeFailures } from "../../clouds/schema";
import { decodeSettings } from "../../clouds/settings";
import { failure, type Tables } from "../../clouds/table";
import { text } from "../../clouds/values";
import type { SandboxContext } from "../context";
import type { CheckFailure, StandIn, Values } from "../standin";
import { data } from "./data";
import { lke } from "./lke";
import { network } from "./network";
import schema from "./schema.json";

/** Every type of Linode that the sandbox knows. */
export const linodeTables: Tables = { ...lke, ...network, ...data };

const definition: CloudDefinition = {
  cloud: "linode",
  account: "main",
  region: "",
  schema,
  tables: linodeTables,
  invokes: {},
  common: (_inputs, _place, createdAt): Values =>
    createdAt === undefined ? {} : { created: createdAt, updated: new Date().toISOString() },
  tablesFolder: "sandbox/providers/linode",
};

/** The stand-in for Linode: one account, whose LKE clusters are real control planes on this machine. */
export function linodeStandIn({ store, clusters }: SandboxContext): StandIn {
  const inState = new Set<string>();
  return {
    name: "linode",
    version: "5.1.1",
    checkConfig: async (inputs) => configurationFailures(inputs),
    // A rotated token reaches the same account.
    diffConfig: async () => ({ differences: [] }),
    configure: async (inputs) =>
      new TableProvider(
        { ...definition, settings: decodeSettings(schema, inputs) },
        store,
        clusters,
        inState,
      ),
  };
}

function configurationFailures(given: Values): readonly CheckFailure[] {
  const inputs = decodeSettings(schema, given);
  const failures = shapeFailures(schema, schema.provider, inputs);
  const missing = inputs.token === undefined || text(inputs, "token") === "";
  if (!missing || process.env.LINODE_TOKEN) return failures;
  return [
    ...failures,
    failure(
      "token",
      "missing: the Linode API token was not given. Run `pulumi config set --secret linode:token`, or set LINODE_TOKEN",
    ),
  ];
}
