import { cloud, cluster, firewall, make, pool, preview } from "../../../test/support/clouds/linode-cloud";

describe("LKE", () => {
  test("a cluster is a control plane with its first pool, reached by a kubeconfig that is a secret", async () => {
    const made = await make("lkeCluster:LkeCluster", cluster);

    expect(cloud.clusters.versions.get("linode-aiaas")).toBe("1.35");
    const [own] = [...cloud.clusters.pools.values()];
    expect(own).toMatchObject({
      count: 3,
      zones: [],
      region: "fr-par",
      instanceTypes: [{ instanceType: "g6-standard-4" }],
    });
    const kubeconfig = Buffer.from(String(made.outputs.kubeconfig), "base64").toString();
    expect(kubeconfig).toContain("server: https://127.0.0.1:6443");
    expect(kubeconfig).toContain("token: token-of-aiaas");
    expect(made.outputs).toMatchObject({ status: "ready", apiEndpoints: ["https://127.0.0.1:6443"] });

    const provider = await cloud.provider({});
    const read = await provider.read({ urn: made.urn, type: made.type, name: "" }, made.id, made);
    expect(read?.outputs.kubeconfig).toMatchObject({ value: made.outputs.kubeconfig });
  });

  test("a preview does not know the nodes yet, before creation and when pools change", async () => {
    const { outputs } = await preview("lkeCluster:LkeCluster", cluster);
    expect(outputs.pools).toEqual([
      { type: "g6-standard-4", count: 3, nodes: expect.any(Symbol), id: expect.any(Symbol) },
    ]);

    const made = await make("lkeCluster:LkeCluster", cluster);
    const same = await cloud.update({}, made, { ...made.inputs, tags: ["a"] }, true);
    expect(same.pools).toEqual(made.outputs.pools);
    const larger = await cloud.update(
      {},
      made,
      { ...made.inputs, pools: [{ type: "g6-standard-4", count: 4 }] },
      true,
    );
    expect(larger.pools).toEqual([expect.objectContaining({ nodes: expect.any(Symbol) })]);
  });

  test("pools are nodes of their plan, grow, and go before their cluster", async () => {
    const owner = await make("lkeCluster:LkeCluster", cluster);
    const gpu = {
      clusterId: Number(owner.id),
      type: "g2-gpu-rtx4000a1-s",
      nodeCount: 2,
      labels: { class: "gpu" },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
    };
    const made = await make("lkeNodePool:LkeNodePool", gpu);
    const name = `linode-aiaas/lke${owner.id}-${made.id}`;
    expect(cloud.clusters.pools.get(name)).toMatchObject({
      count: 2,
      labels: { class: "gpu", "lke.linode.com/pool-id": made.id },
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
      instanceTypes: [{ capacity: { cpu: "4", memory: "16Gi", "nvidia.com/gpu": "1" } }],
    });
    expect(made.outputs.nodes).toHaveLength(2);

    await cloud.update({}, made, { ...made.inputs, nodeCount: 3 });
    expect(cloud.clusters.pools.get(name)?.count).toBe(3);

    await expect(cloud.delete({}, owner)).rejects.toThrow(/in use by the LKE node pool/);
    await cloud.delete({}, made);
    expect(cloud.clusters.pools.has(name)).toBe(false);
    await cloud.delete({}, owner);
    expect([...cloud.clusters.versions]).toEqual([]);
  });

  test("a plan that the region was not known to offer is warned about", async () => {
    const owner = await make("lkeCluster:LkeCluster", cluster);
    const wanted = { clusterId: Number(owner.id), nodeCount: 1 };
    const offered = await make("lkeNodePool:LkeNodePool", { ...wanted, type: "g2-gpu-rtx4000a1-s" });
    const other = await make("lkeNodePool:LkeNodePool", { ...wanted, type: "g3-gpu-rtxpro6000-blackwell-1" });

    expect(offered.logged).not.toContainEqual(expect.stringMatching(/^warning/));
    expect(other.logged).toContainEqual(
      expect.stringMatching(/^warning: .*fr-par did not offer g3-gpu-rtxpro6000/),
    );
  });

  test("a pool needs a cluster that exists, and room in it", async () => {
    await expect(make("lkeNodePool:LkeNodePool", pool)).rejects.toThrow(
      /clusterId: the LKE cluster "1" does not exist/,
    );
    const clusterId = Number((await make("lkeCluster:LkeCluster", cluster)).id);
    for (const _ of [1, 2]) await make("lkeNodePool:LkeNodePool", { ...pool, clusterId, nodeCount: 100 });
    await expect(make("lkeNodePool:LkeNodePool", { ...pool, clusterId, nodeCount: 60 })).rejects.toThrow(
      /at most 250 nodes: 200 exist, 60 are asked for/,
    );
  });

  test("versions go up one by one, and labels are told apart", async () => {
    const made = await make("lkeCluster:LkeCluster", { ...cluster, k8sVersion: "1.35" });
    await expect(cloud.update({}, made, { ...made.inputs, k8sVersion: "1.34" })).rejects.toThrow(
      /1.35 to 1.34/,
    );
    await expect(cloud.update({}, made, { ...made.inputs, k8sVersion: "1.36" })).resolves.toBeDefined();
    await expect(make("lkeCluster:LkeCluster", cluster)).rejects.toThrow(/label "aiaas" must be unique/);
  });
});

test("a firewall stands before nodes that exist, and each node behind one", async () => {
  const owner = await make("lkeCluster:LkeCluster", cluster);
  const nodes = await make("lkeNodePool:LkeNodePool", { ...pool, clusterId: Number(owner.id) });
  const linodes: number[] = Object(nodes.outputs.nodes).map(
    ({ instanceId }: { instanceId: number }) => instanceId,
  );

  await expect(make("firewall:Firewall", { ...firewall, linodes: [7] })).rejects.toThrow(
    /the Linode "7" does not exist/,
  );
  const made = await make("firewall:Firewall", { ...firewall, linodes });
  expect(made.outputs.devices).toHaveLength(3);
  await expect(make("firewall:Firewall", { ...firewall, label: "other", linodes })).rejects.toThrow(
    /stands behind the firewall/,
  );
});
