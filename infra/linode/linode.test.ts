import * as pulumi from "@pulumi/pulumi";
import { bucket, database, kubernetesProvider, owned, withData } from "../../test/support/linode/cluster";
import { encodedKubeconfig, recordPlatform, revealed } from "../../test/support/recorded/linode-platform";

const lkeCluster = "linode:index/lkeCluster:LkeCluster";

const lkeNodePool = "linode:index/lkeNodePool:LkeNodePool";

const firewall = "linode:index/firewall:Firewall";

/** Names of the resources that another waits for. */
async function namesOf(dependencies: pulumi.ResourceOptions["dependsOn"]): Promise<readonly string[]> {
  const resources = await revealed(pulumi.output(dependencies ?? []));
  const list = [resources.value].flat();
  return Promise.all(list.map(async ({ urn }) => (await revealed(urn)).value.split("::").at(-1) ?? ""));
}

describe("a cluster of the stack's own (C5, D3)", () => {
  it("is highly available, at the pinned version, and reached only from the named ranges", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(ofType(lkeCluster).map(({ inputs }) => inputs)).toMatchObject([
      {
        label: "aiaas-prod",
        region: "fr-par",
        k8sVersion: "1.35",
        controlPlane: {
          highAvailability: true,
          acl: { enabled: true, addresses: [{ ipv4s: ["203.0.113.0/24"], ipv6s: ["2001:db8::/32"] }] },
        },
      },
    ]);
  });

  it("takes false for an answer where high availability is not wanted", async () => {
    const { ofType } = await recordPlatform({
      ...owned,
      cluster: { ...owned.cluster, highAvailability: false },
    });
    expect(ofType(lkeCluster)[0]?.inputs).toMatchObject({ controlPlane: { highAvailability: false } });
  });

  it("has one small pool inside, and leaves pools with the tag of their own alone", async () => {
    const { ofType } = await recordPlatform(owned);
    const [cluster] = ofType(lkeCluster);
    expect(cluster?.inputs).toMatchObject({
      pools: [{ type: "g6-standard-4", count: 3, labels: { "ai-platform/pool": "system" } }],
    });
    expect(cluster?.inputs.pools).toHaveLength(1);
    for (const { inputs } of ofType(lkeNodePool)) {
      expect(inputs.tags).toEqual(cluster?.inputs.externalPoolTags);
    }
  });

  it("hands Kubernetes' provider a decoded, secret kubeconfig and an identity that outlives it", async () => {
    const { platform, ofType } = await recordPlatform(owned);
    const kubeconfig = platform.cluster.kubeconfig;
    expect(kubeconfig && (await revealed(kubeconfig))).toEqual({
      value: Buffer.from(encodedKubeconfig, "base64").toString(),
      secret: true,
    });
    expect(ofType(kubernetesProvider)[0]?.inputs).toMatchObject({
      clusterIdentifier: "lke-aiaas-prod",
      enableServerSideApply: "true",
      enableConfigMapMutable: "true",
    });
  });

  it("has its nodes before anything is deployed to it, so that they go last", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(await namesOf(ofType(kubernetesProvider)[0]?.options.dependsOn)).toEqual([
      "linode-pool-baseline",
      "linode-pool-gpu",
      "linode-nodes",
    ]);
  });

  it("exports what another stack needs to share it", async () => {
    const { platform } = await recordPlatform(owned);
    expect(Object.keys(platform.shown)).toEqual(["ClusterName", "Kubeconfig", "Hosts"]);
    const kubeconfig = platform.shown.Kubeconfig;
    expect(kubeconfig && (await revealed(kubeconfig)).secret).toBe(true);
  });
});

describe("node pools (C5, C10)", () => {
  it("carry labels, taints, and the autoscaler's bounds", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(ofType(lkeNodePool).map(({ inputs }) => inputs)).toMatchObject([
      {
        clusterId: 4711,
        type: "g6-standard-8",
        nodeCount: 6,
        autoscaler: { min: 3, max: 10 },
        labels: { "workload-type": "baseline", "ai-platform/pool": "baseline" },
        taints: [],
      },
      {
        type: "g2-gpu-rtx4000a2-s",
        nodeCount: 2,
        labels: { accelerator: "nvidia-gpu", "ai-platform/pool": "gpu" },
        taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
      },
    ]);
  });

  it("leave their size to the autoscaler, and only where there is one", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(ofType(lkeNodePool).map(({ options }) => options.ignoreChanges)).toEqual([["nodeCount"], []]);
    expect(ofType(lkeNodePool)[1]?.inputs.autoscaler).toBeUndefined();
  });

  it("start with the autoscaler's minimum when no number is given", async () => {
    const { ofType } = await recordPlatform({
      ...owned,
      nodePools: { baseline: { plan: "g6-standard-8", autoscaler: { minimum: 4, maximum: 10 } } },
    });
    expect(ofType(lkeNodePool)[0]?.inputs.nodeCount).toBe(4);
  });

  it("are described to the layers above, GPUs and the system pool included", async () => {
    const { platform } = await recordPlatform(owned);
    expect(platform.cluster).toMatchObject({
      name: "linode",
      cloud: { kind: "lke" },
      owned: true,
      zones: ["fr-par"],
    });
    expect(platform.cluster.pools).toMatchObject([
      { name: "system", minimum: 3, maximum: 3, labels: { "ai-platform/pool": "system" }, taints: [] },
      { name: "baseline", minimum: 3, maximum: 10, spot: false },
      { name: "gpu", minimum: 2, maximum: 2, gpu: { model: "RTX 4000 Ada", count: 2 }, zones: ["fr-par"] },
    ]);
    expect(platform.cluster.pools[1]?.gpu).toBeUndefined();
  });
});

describe("the firewall (K6)", () => {
  it("stands in front of every node and drops what it does not know", async () => {
    const { ofType } = await recordPlatform(owned);
    expect(ofType(firewall)[0]?.inputs).toMatchObject({
      inboundPolicy: "DROP",
      linodes: [100, 101, 102, 200, 201, 202, 203, 204, 205, 300, 301],
    });
  });

  it("lets only private ranges in", async () => {
    const { ofType } = await recordPlatform(owned);
    const rules = ofType(firewall)[0]?.inputs.inbounds;
    expect(rules).toHaveLength(10);
    for (const rule of Array.isArray(rules) ? rules : []) {
      expect(["192.168.128.0/17", "192.168.255.0/24"]).toEqual(expect.arrayContaining(rule.ipv4s));
      expect(rule).not.toHaveProperty("ipv6s");
    }
  });
});

describe("deletion (K6)", () => {
  it.each([true, false])("of what holds data is guarded as the stack says: %s", async (protectData) => {
    const { ofType } = await recordPlatform(withData, { protectData });
    const stateful = [...ofType(bucket), ...ofType(database)];
    expect(stateful).toHaveLength(3);
    for (const { options } of stateful) {
      expect(options).toMatchObject({ protect: protectData, retainOnDelete: protectData });
    }
    expect(ofType(lkeCluster)[0]?.options.protect).toBe(protectData);
    expect(ofType(lkeNodePool)[0]?.options.protect).toBeUndefined();
  });
});

it("gives every resource of Linode's its provider explicitly", async () => {
  const { resources } = await recordPlatform(withData);
  const components = resources.filter(({ type }) =>
    /^ai-platform:linode:(Cluster|NodePool|NodeFirewall)/.test(type),
  );
  expect(components).toHaveLength(4);
  for (const { options } of components) {
    expect(options).toHaveProperty("providers.linode");
  }
});
