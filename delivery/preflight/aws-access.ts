import { z } from "zod";
import { notChecked, type Row, verdictOf } from "../row";
import { answerOf } from "./answer";
import type { PreflightContext } from "./context";
import { clustersOn, isOn } from "./each-cluster";

const identity = z.looseObject({ Arn: z.string() });

/**
 * EKS gives the creator of a cluster no rights: without an access entry the cluster refuses the program that
 * created it.
 */
export const awsAccessRow: Row<PreflightContext> = {
  id: "aws-access",
  title: "The identity that runs this is one of the cluster's administrators",
  seed: "001 Security, access; C6",
  appliesTo: isOn("aws"),
  check: async (around) => {
    const { Arn } = await answerOf(
      identity,
      around.output,
      "aws",
      "sts",
      "get-caller-identity",
      "--output",
      "json",
    );
    const principal = principalOf(Arn);
    if (principal === undefined)
      return notChecked(`${Arn} is no user or role that an access entry could name`);
    return verdictOf(
      clustersOn(around, "aws").flatMap(({ name, config: { cluster } }) => {
        const key = `ai-platform:clusters.${name}.cluster.administrators`;
        const { administrators } = cluster;
        if (administrators.some((administrator) => isSame(administrator, principal))) return [];
        return [
          {
            about: key,
            expected: `${principal.shown}, whom the credentials are of`,
            found: administrators.join(", "),
            look: `pulumi config set --path '${key}[${administrators.length}]' ${principal.shown}`,
          },
        ];
      }),
    );
  },
};

interface Principal {
  readonly account: string;
  readonly kind: "role" | "user";
  readonly name: string;
  readonly shown: string;
}

/** The session of a role does not show the role's path, so only the name is compared. */
function principalOf(arn: string): Principal | undefined {
  const [, account = "", role] = /^arn:aws[a-z-]*:sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role !== undefined)
    return { account, kind: "role", name: role, shown: `arn:aws:iam::${account}:role/${role}` };
  const [, owner = "", kind, name] =
    /^arn:aws[a-z-]*:iam::(\d+):(user|role)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  if (name === undefined) return undefined;
  return { account: owner, kind: kind === "user" ? "user" : "role", name, shown: arn };
}

function isSame(administrator: string, { account, kind, name }: Principal): boolean {
  const parsed = principalOf(administrator);
  return parsed?.account === account && parsed.kind === kind && parsed.name === name;
}
