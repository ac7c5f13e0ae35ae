import { certificateController } from "./certificates";
import { allowChallenges } from "./challenges";
import { recordService } from "./recorded-service";
import type { SiteChanges } from "./recorded-site";

async function edges(changes: SiteChanges) {
  return (await recordService((site) => allowChallenges(site, "apps", "api.example.com"), changes)).edges;
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

test("nobody has to prove anything to the cluster itself", async () => {
  expect(await edges({ settings: { issuer: "self-signed" } })).toEqual([]);
});

test("on another stack's cluster that stack says who signs (D3)", async () => {
  expect(await edges({ settings: { issuer: "self-signed" }, owned: false })).toEqual(proof);
});
