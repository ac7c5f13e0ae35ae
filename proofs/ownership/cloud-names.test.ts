import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { cloudNamesDiffer } from "./cloud-names";

const faults = (...pieces: readonly Piece[]) => faultsOf(cloudNamesDiffer, evidenceOf(...pieces));
const group = (name: string, clusterName: string, nodeGroupName: string): Piece => ({
  type: "aws:eks/nodeGroup:NodeGroup",
  name,
  inputs: { clusterName, nodeGroupName },
});

test("resources of a type have names of their own, in a cluster or an account", () => {
  expect(faults(group("one", "shop", "workers"), group("other", "shop", "large"))).toEqual([]);
  expect(faults(group("one", "shop", "workers"), group("other", "till", "workers"))).toEqual([]);
  expect(faults(group("one", "shop", "workers"), group("other", "shop", "workers"))).toEqual([
    expect.stringContaining("one: it and other have one name in their cloud, workers"),
    expect.stringContaining("other: it and one have one name"),
  ]);
});

test("a name may be used again in another region", () => {
  const vault = (name: string, region: string): Piece => ({
    type: "aws:backup/vault:Vault",
    name,
    inputs: { name: "volumes" },
    options: { provider: `pulumi:providers:aws::${region}` },
  });
  expect(faults(vault("here", "us-east-1"), vault("there", "us-west-2"))).toEqual([]);
  expect(faults(vault("here", "us-east-1"), vault("there", "us-east-1"))).toHaveLength(2);
});

test("names that the engine makes up do not meet", () => {
  const role = (name: string): Piece => ({ type: "aws:iam/role:Role", name, inputs: {} });
  expect(faults(role("one"), role("other"))).toEqual([]);
});

test("databases have archives of their own", () => {
  const archive = (name: string, destinationPath: string) =>
    object(name, "barmancloud.cnpg.io/v1", "ObjectStore", {
      metadata: { name, namespace: "shop" },
      spec: { configuration: { destinationPath } },
    });
  expect(faults(archive("cart", "s3://backups/cart"), archive("till", "s3://backups/till"))).toEqual([]);
  expect(faults(archive("cart", "s3://backups/cart"), archive("till", "s3://backups/cart/"))).toEqual([
    expect.stringContaining("it archives to s3://backups/cart, and so does aws: ObjectStore shop/till"),
    expect.stringContaining("so does aws: ObjectStore shop/cart"),
  ]);
});
