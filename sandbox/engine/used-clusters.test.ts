import type { State, StateResource } from "./state";
import { ownedClusters } from "./used-clusters";

const cluster = (type: string, inputs: StateResource["inputs"]): StateResource => ({
  urn: `urn:pulumi:dev::ai-platform::${type}::cluster`,
  type,
  custom: true,
  inputs,
  outputs: {},
});
const eks = cluster("aws:eks/cluster:Cluster", { name: "atlas" });
const lke = cluster("linode:index/lkeCluster:LkeCluster", { label: "aiaas" });

test("a stack's clusters are told by name, in whichever order they came up", () => {
  const of = (...resources: StateResource[]): readonly string[] =>
    ownedClusters({
      deployment: { version: 3, deployment: {} },
      pendingOperations: 0,
      resources,
    } satisfies State).map(({ name }) => name);
  expect(of(eks, lke)).toEqual(["aiaas", "atlas"]);
  expect(of(lke, eks)).toEqual(["aiaas", "atlas"]);
});
