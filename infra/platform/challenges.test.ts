import { recordService } from "../../test/support/recorded/service";
import type { SiteChanges } from "../../test/support/recorded/site";
import { route53Records } from "../aws/dns";
import { certificateController } from "./certificates";
import { allowChallenges } from "./challenges";
import { secureHost } from "./hosts";

async function edges(changes: SiteChanges) {
  return (await recordService((site) => allowChallenges(site, "apps", "api.example.com"), changes)).edges;
}

async function recordedHost(host: string, changes: SiteChanges) {
  const found = { annotations: {} as Readonly<Record<string, string>> };
  const { edges: declared } = await recordService((site) => {
    allowChallenges(site, "apps", host);
    found.annotations = secureHost(site, host);
  }, changes);
  return { edges: declared, annotations: found.annotations };
}

const proof = [
  "ingress/nginx-ingress -> apps/acme-http01-solver: 8089",
  `cert-manager/${certificateController.name} -> api.example.com: 80, 443`,
];

test.each(["letsencrypt", "letsencrypt-staging"] as const)(
  "by %s a host is proven to be ours: visitors reach what answers, and cert-manager looks as they do",
  async (issuer) => {
    expect(await edges({ settings: { issuer } })).toEqual(proof);
  },
);

describe("in a zone that the cluster writes to", () => {
  const dns = {
    records: route53Records,
    domains: ["example.com"],
    zoneId: "Z1",
    excluded: [],
    ingressNames: [],
  } as const;
  const inPlace = "acme.cert-manager.io/http01-edit-in-place";

  async function annotationsOf(host: string) {
    const { edges, annotations } = await recordedHost(host, { dns });
    return { edges, inPlace: annotations[inPlace] };
  }

  test.each(["example.com", "api.example.com", "a.b.example.com"])(
    "%s needs no visitors, and none is let through",
    async (host) => {
      expect(await annotationsOf(host)).toEqual({ edges: [], inPlace: undefined });
    },
  );

  test.each(["example.org", "notexample.com"])("%s, which is outside, answers itself", async (host) => {
    const { edges, inPlace: edited } = await annotationsOf(host);
    expect(edges).toHaveLength(2);
    expect(edited).toBe("true");
  });
});

test("nobody has to prove anything to the cluster itself", async () => {
  expect(await edges({ settings: { issuer: "self-signed" } })).toEqual([]);
});

test("on another stack's cluster that stack says who signs (D3)", async () => {
  expect(await edges({ settings: { issuer: "self-signed" }, owned: false })).toEqual(proof);
});
