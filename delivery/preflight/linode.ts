import type { LinodeConfig } from "../../infra/config/linode";
import { notChecked, type Row, verdictOf } from "../row";
import type { PreflightContext } from "./context";
import { linodeApi } from "./linode-api";

const seed = "002 Infrastructure Provider";
const look = "https://cloud.linode.com/profile/tokens";

/** What the token must be allowed to read and write: what the stack has there, and no more. */
function scopesFor(linode: LinodeConfig | undefined): readonly string[] {
  return [
    "lke",
    "firewall",
    ...(linode?.objectStorage === undefined ? [] : ["object_storage"]),
    ...(Object.keys(linode?.databases ?? {}).length === 0 ? [] : ["databases"]),
    // With a domain the program makes the cluster a token of its own.
    ...(linode?.dns === undefined ? [] : ["domains", "account"]),
  ];
}

/** Whether the Linode token has the scopes that the stack needs. */
export const linodeRows: readonly Row<PreflightContext>[] = [
  {
    id: "linode-token",
    title: "The Linode token is valid, and may read and write what the stack has there",
    seed,
    appliesTo: ({ facts }) => facts.linode !== undefined && facts.linode.cluster.stack === undefined,
    check: async ({ environment, get, config }) => {
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
        : scopesFor(config?.linode).filter((scope) => !granted.includes(`${scope}:read_write`));
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
