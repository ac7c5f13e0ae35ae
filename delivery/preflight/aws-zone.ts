import { z } from "zod";
import { notChecked, type Row, together, type Verdict, verdictOf } from "../row";
import { answerOf } from "./answer";
import type { PreflightContext } from "./context";
import { clustersOn } from "./each-cluster";

const hosted = z.looseObject({
  HostedZone: z.looseObject({ Name: z.string() }),
  DelegationSet: z.looseObject({ NameServers: z.array(z.string()) }).optional(),
});
const resolved = z.looseObject({
  Answer: z.array(z.looseObject({ data: z.string() })).default([]),
});

/** A public resolver that answers over HTTPS. */
const resolver = "https://dns.google/resolve";

interface Named {
  readonly key: string;
  readonly zone: string;
  readonly id: string;
}

/**
 * The certificate of the edge is proven by a record in the zone. As long as the domain is not delegated to it, `up` waits for the
 * proof, and fails in the end. Of a zone that the stack is yet to make nothing can be known before.
 */
export const awsZoneRow: Row<PreflightContext> = {
  id: "aws-zone",
  title: "The hosted zone is the domain's, and the domain is delegated to it",
  seed: "001 Next Steps, DNS; C11",
  appliesTo: (around) => zonesOf(around).length > 0,
  check: async (around) => together(await Promise.all(zonesOf(around).map((one) => judge(one, around)))),
};

function zonesOf(around: Pick<PreflightContext, "config">): readonly Named[] {
  return clustersOn(around, "aws").flatMap(({ name, config: { dns } }) =>
    dns?.existingZoneId === undefined
      ? []
      : [
          {
            key: `ai-platform:clusters.${name}.dns.existingZoneId`,
            zone: dns.zone,
            id: dns.existingZoneId,
          },
        ],
  );
}

async function judge({ key, zone, id }: Named, { output, get }: PreflightContext): Promise<Verdict> {
  const words = ["route53", "get-hosted-zone", "--id", id];
  const { HostedZone, DelegationSet } = await answerOf(hosted, output, "aws", ...words, "--output", "json");
  const about = { about: key, look: `aws ${words.join(" ")}` };
  if (HostedZone.Name !== `${zone}.`) {
    return verdictOf([{ ...about, expected: `the zone of ${zone}`, found: HostedZone.Name }]);
  }
  if (DelegationSet === undefined) {
    return verdictOf([{ ...about, expected: "a public zone", found: "a private one" }]);
  }
  const { status, body } = await get(`${resolver}?name=${zone}&type=NS`);
  if (status !== 200) return notChecked(`${resolver} answered HTTP ${status}`);
  const servers = resolved.parse(JSON.parse(body)).Answer.map(({ data }) => data.replace(/\.$/, ""));
  const isDelegated = servers.some((server) => DelegationSet.NameServers.includes(server));
  return verdictOf(
    isDelegated
      ? []
      : [
          {
            about: `the name servers of ${zone}, at its registrar`,
            expected: DelegationSet.NameServers.join(", "),
            found: servers.join(", ") || "none",
            look: `${resolver}?name=${zone}&type=NS`,
          },
        ],
  );
}
