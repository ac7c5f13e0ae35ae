import { recordService } from "../../test/support/recorded/service";
import { only, type SiteChanges } from "../../test/support/recorded/site";
import { route53Records } from "../aws/dns";
import type { ClusterDns } from "../cluster/cluster";
import { linodeRecords } from "../linode/dns";
import { Certificates } from "./certificates";

const atRoute53: ClusterDns = {
  records: route53Records,
  domains: ["example.com"],
  zoneId: "Z1",
  excluded: [],
  ingressNames: [],
};
const atLinode: ClusterDns = {
  records: linodeRecords,
  domains: ["example.com"],
  excluded: [],
  ingressNames: [],
};
const aws = { clusterName: "test", kubernetesVersion: "1.35", region: "us-east-1", vpcId: "vpc-1" } as const;

async function recordedWith(changes: SiteChanges) {
  const recorded = await recordService((site) => {
    new Certificates("certificates", { site });
  }, changes);
  return {
    ...recorded,
    solvers: only(recorded.objects, "ClusterIssuer", "spec.acme.solvers"),
    route53: recorded.edges.some((edge) => edge.endsWith("-> route53.amazonaws.com: 443")),
  };
}

const overHttp = { http01: { ingress: { ingressClassName: "nginx" } } };

test("hosts in a zone at Route 53 are proven by records there, all others over HTTP", async () => {
  const { solvers, route53, release } = await recordedWith({ dns: atRoute53, aws });
  expect(solvers).toEqual([
    {
      selector: { dnsZones: ["example.com"] },
      dns01: { route53: { region: "us-east-1", hostedZoneID: "Z1" } },
    },
    overHttp,
  ]);
  expect(route53).toBe(true);
  // Of other name servers no policy lets it ask.
  expect(release("cert-manager").values).toMatchObject({ dns01RecursiveNameserversOnly: true });
});

test.each([
  ["where no zone is known", {}],
  ["where the zone is Linode's, for which cert-manager has no solver of its own", { dns: atLinode }],
])("all hosts are proven over HTTP %s", async (_, changes) => {
  const { solvers, route53 } = await recordedWith(changes);
  expect(solvers).toEqual([overHttp]);
  expect(route53).toBe(false);
});

test("a cluster that signs its own certificates asks no zone", async () => {
  const { objects, edges } = await recordService(
    (site) => {
      new Certificates("certificates", { site });
    },
    { dns: atRoute53, aws, settings: { issuer: "self-signed" } },
  );
  expect(only(objects, "ClusterIssuer", "spec")).toEqual({ selfSigned: {} });
  expect(edges.join()).not.toContain("route53");
});
