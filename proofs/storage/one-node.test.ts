import { deployment, namespace } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, object, type Piece } from "../../test/support/proofs/evidence";
import { disksAreOfOnePod } from "./one-node";

const claim = (...accessModes: readonly string[]): Piece =>
  object("claim", "v1", "PersistentVolumeClaim", {
    metadata: { name: "carts", namespace },
    spec: { accessModes, resources: { requests: { storage: "1Gi" } } },
  });
const pod = { volumes: [{ name: "carts", persistentVolumeClaim: { claimName: "carts" } }] };
const recreated = { strategy: { type: "Recreate" } };
const disk = claim("ReadWriteOnce");
const faults = (...pieces: readonly Piece[]) => faultsOf(disksAreOfOnePod, evidenceOf(...pieces));

test.each<readonly [string, readonly Piece[], readonly string[]]>([
  ["of a pod that is ended first", [disk, deployment({ pod, spec: recreated })], []],
  [
    "of a pod whose successor comes first",
    [disk, deployment({ pod })],
    ["its rollout starts a second pod before the first ends"],
  ],
  [
    "of a pod that no successor may stand beside",
    [disk, deployment({ pod, spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } } })],
    [],
  ],
  [
    "of two pods",
    [disk, deployment({ pod, spec: recreated, replicas: 2 })],
    ["its 2 pods mount one disk, carts"],
  ],
  [
    "of two workloads",
    [disk, deployment({ pod, spec: recreated }), deployment({ pod, spec: recreated, name: "till" })],
    ["it and till mount the disk carts", "it and cart mount the disk carts"],
  ],
  ["that is none but files", [claim("ReadWriteMany"), deployment({ pod, replicas: 2 })], []],
])("a disk %s", (_, pieces, rules) => {
  expect(faults(...pieces)).toEqual(rules.map((rule) => expect.stringContaining(rule)));
});

test("a laptop has one node", () => {
  const local: Piece = { type: "pulumi:providers:kubernetes", name: "local-kubernetes", inputs: {} };
  const there = (piece: Piece): Piece => ({
    ...piece,
    options: { provider: "pulumi:providers:kubernetes::local-kubernetes" },
  });
  expect(faults(local, there(disk), there(deployment({ pod, replicas: 2 })))).toEqual([]);
});
