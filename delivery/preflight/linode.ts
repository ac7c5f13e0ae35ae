import { notChecked, type Row, verdictOf } from "../row";
import { linodeApi } from "./linode-api";
import type { Surroundings } from "./surroundings";

const seed = "002 Infrastructure Provider";
const look = "https://cloud.linode.com/profile/tokens";

/** What the program makes there, and what it needs leave for. */
const scopes = ["lke", "firewall", "object_storage", "databases", "domains", "account"] as const;

/** Whether the Linode token may do what the stack does. */
export const linodeRows: readonly Row<Surroundings>[] = [
  {
    id: "linode-token",
    title: "The Linode token is valid, and may read and write what the stack has there",
    seed,
    appliesTo: ({ facts }) => facts.linode !== undefined && facts.linode.cluster.stack === undefined,
    check: async ({ environment, get }) => {
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
        : scopes.filter((scope) => !granted.includes(`${scope}:read_write`));
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
