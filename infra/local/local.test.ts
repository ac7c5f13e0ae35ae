import * as pulumi from "@pulumi/pulumi";
import { localSchema } from "../config/local";
import { LocalPlatform } from "./index";

async function build(config: object) {
  const providers: Record<string, unknown>[] = [];
  await pulumi.runtime.setMocks(
    {
      call: () => ({}),
      newResource: ({ type, name, inputs }) => {
        if (type === "pulumi:providers:kubernetes") providers.push(inputs);
        return { id: name, state: inputs };
      },
    },
    "ai-platform",
    "test",
  );
  const { cluster } = new LocalPlatform("local", {
    config: localSchema.parse({ cloud: "local", ...config }),
  });
  await pulumi.runtime.disconnect();
  return { cluster, providers };
}

test("a context is all that is needed; the provider keeps its identity when the kubeconfig moves (C1)", async () => {
  const { cluster, providers } = await build({ context: "kind-ai" });
  expect(providers).toMatchObject([{ context: "kind-ai", clusterIdentifier: "kind-ai" }]);
  expect(cluster).toMatchObject({
    name: "local",
    owned: true,
    pools: [{ name: "default", spot: false }],
    storage: { provisioner: "rancher.io/local-path", existing: [] },
  });
  expect(cluster.pools[0]).not.toHaveProperty("gpu");
});

test("nodes with cards count as a GPU pool (C1)", async () => {
  const { cluster } = await build({ context: "kind-ai", gpu: true });
  expect(cluster.pools).toMatchObject([{ gpu: { model: "T4", count: 1 } }]);
});

test("kind's own storage class can be left alone (C9)", async () => {
  const { cluster } = await build({ context: "kind-ai", existingStorageClasses: ["standard"] });
  expect(cluster.storage.existing).toEqual(["standard"]);
});
