import * as pulumi from "@pulumi/pulumi";
import { clouds } from "../../test/support/recorded/objects";
import { recordService } from "../../test/support/recorded/service";
import { route53Records } from "../aws/dns";
import type { ClusterDns } from "../cluster/cluster";
import { linodeRecords } from "../linode/dns";
import { DnsRecords } from "./dns";

const zone: ClusterDns = {
  records: route53Records,
  domains: ["atlas-financial.com"],
  excluded: ["ai.atlas-financial.com"],
  ingressNames: [],
};

function recordsOf(kind: "eks" | "lke", dns: ClusterDns) {
  return recordService(
    (site) => {
      new DnsRecords("dns", { site, dns });
    },
    { cloud: clouds[kind] },
  );
}

test("only what the cluster has marked as its own is touched, and only within its domains", async () => {
  const { release } = await recordsOf("eks", zone);
  expect(release("external-dns").values).toMatchObject({
    provider: { name: "aws" },
    domainFilters: ["atlas-financial.com"],
    excludeDomains: ["ai.atlas-financial.com"],
    policy: "sync",
    registry: "txt",
    txtOwnerId: "atlas-test",
  });
});

test("on AWS the pod's own identity opens the zone (C6)", async () => {
  const { release, edges, objects } = await recordsOf("eks", zone);
  expect(release("external-dns")).toMatchObject({ namespace: "platform-system" });
  expect(release("external-dns").values).not.toHaveProperty("env");
  expect(objects.filter(({ kind }) => kind === "Secret")).toEqual([]);
  expect(edges).toContain("platform-system/external-dns -> route53.amazonaws.com: 443");
});

test("on LKE it gets its token from a Secret, and no value of the release holds it", async () => {
  const { release, edges, objects } = await recordsOf("lke", {
    ...zone,
    records: linodeRecords,
    token: pulumi.secret("the-token"),
  });
  const { values } = release("external-dns");
  expect(JSON.stringify(values)).not.toContain("the-token");
  expect(values.env).toEqual([
    { name: "LINODE_TOKEN", valueFrom: { secretKeyRef: { name: "linode-dns-token", key: "token" } } },
  ]);
  const secrets = objects.filter(({ kind }) => kind === "Secret");
  expect(secrets).toMatchObject([
    { inputs: { metadata: { name: "linode-dns-token", namespace: "platform-system" } } },
  ]);
  expect(JSON.stringify(secrets)).toContain("the-token");
  expect(edges).toContain("platform-system/external-dns -> api.linode.com: 443");
});
