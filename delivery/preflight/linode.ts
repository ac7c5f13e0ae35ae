import { clustersIn } from "../../infra/config/clusters";
import type { LinodeConfig } from "../../infra/config/linode";
import { notChecked, type Row, verdictOf } from "../row";
import type { PreflightContext } from "./context";
import { clustersOn } from "./each-cluster";
import { linodeApi } from "./linode-api";

const seed = "002 Infrastructure Provider";
const look = "https://cloud.linode.com/profile/tokens";

/** What the token must be allowed to read and write: what the stack has there, and no more. */
function scopesFor(configs: readonly LinodeConfig[]): readonly string[] {
  const has = (part: (config: LinodeConfig) => boolean, ...scopes: readonly string[]) =>
    configs.some(part) ? scopes : [];
  return [
    "lke",
    "firewall",
    ...has(({ objectStorage }) => objectStorage !== undefined, "object_storage"),
    ...has(({ databases }) => Object.keys(databases).length > 0, "databases"),
    // With a domain the program makes the cluster a token of its own.
    ...has(({ dns }) => dns !== undefined, "domains", "account"),
  ];
}

/** Whether the Linode token has the scopes that the stack needs. */
export const linodeRows: readonly Row<PreflightContext>[] = [
  {
    id: "linode-token",
    title: "The Linode token is valid, and may read and write what the stack has there",
    seed,
    appliesTo: ({ facts }) =>
      clustersIn(facts.clusters, "linode").some(({ config }) => config.cluster.stack === undefined),
    check: async (around) => {
      const { environment, get } = around;
      const token = environment.LINODE_TOKEN;
      if (!token) return notChecked("LINODE_TOKEN is not set; the stack may have its own as linode:token");
      const { status, header } = await get(`${linodeApi}/profile`, {
        authorization: `Bearer ${token}`,
      });
      if (status !== 200) {
        return verdictOf([
          {
            about: "LINODE_TOKEN",
            expected: "a valid token",
            found: `HTTP ${status} from ${linodeApi}/profile`,
            look,
          },
        ]);
      }
      const granted = (header("x-oauth-scopes") ?? "").split(/[ ,]+/);
      const lacking = granted.includes("*")
        ? []
        : scopesFor(clustersOn(around, "linode").map(({ config }) => config)).filter(
            (scope) => !granted.includes(`${scope}:read_write`),
          );
      return verdictOf(
        lacking.length === 0
          ? []
          : [
              {
                about: "LINODE_TOKEN",
                expected: `read_write for ${lacking.join(", ")}`,
                found: granted.join(" ") || "no scope",
                look,
              },
            ],
      );
    },
  },
];
