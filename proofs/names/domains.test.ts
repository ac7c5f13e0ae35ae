import { deployment } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, type Piece } from "../../test/support/proofs/evidence";
import { placesAreEnough } from "./domains";

const cloud: readonly Piece[] = [
  { type: "pulumi:providers:kubernetes", name: "aws-kubernetes", inputs: {} },
  { type: "aws:eks/cluster:Cluster", name: "aws-cluster", inputs: { name: "shop", version: "1.35" } },
  ...["a", "b"].map((zone) => ({
    type: "aws:ec2/subnet:Subnet",
    name: `private-${zone}`,
    inputs: { availabilityZone: zone },
  })),
  {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: "template",
    inputs: { blockDeviceMappings: [{ ebs: { volumeSize: 100 } }] },
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    name: "workers",
    inputs: {
      clusterName: "shop",
      instanceTypes: ["m7i.xlarge"],
      labels: { "ai-platform/pool": "workers", lifecycle: "spot" },
      launchTemplate: { id: "template-id" },
      scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 4 },
      subnetIds: ["private-a-id", "private-b-id"],
      taints: [],
    },
  },
];

const over = (topologyKey: string, rest: object = {}) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: "DoNotSchedule",
  labelSelector: { matchLabels: { app: "cart" } },
  ...rest,
});
const zone = "topology.kubernetes.io/zone";
const anyway = { whenUnsatisfiable: "ScheduleAnyway" };

const faults = (...topologySpreadConstraints: readonly object[]) =>
  faultsOf(
    placesAreEnough,
    evidenceOf(...cloud, deployment({ replicas: 3, pod: { topologySpreadConstraints } })),
  );

test.each<readonly [string, readonly object[], string | undefined]>([
  ["as many zones as there are", [over(zone, { minDomains: 2 })], undefined],
  [
    "more zones than there are",
    [over(zone, { minDomains: 3 })],
    `wants 3 different ${zone}, and its pools have 2`,
  ],
  ["as many nodes as there may be", [over("kubernetes.io/hostname", { minDomains: 4 })], undefined],
  ["more nodes than there may be", [over("kubernetes.io/hostname", { minDomains: 5 })], "its pools have 4"],
  ["more kinds of pools than there are", [over("lifecycle", { minDomains: 2 })], "its pools have 1"],
  ["zones, or anyway", [over(zone, { minDomains: 2, ...anyway })], "the API server refuses it"],
  ["no zone at all", [over(zone, { minDomains: 0 })], "under 1: the API server refuses it"],
  ["zones evenly", [over(zone, anyway)], undefined],
  ["a label that no node has", [over("zone", anyway)], "a label that no node has"],
  ["zones twice", [over(zone, anyway), over(zone, anyway)], "two constraints over"],
  [
    "zones, others' pods",
    [over(zone, { labelSelector: { matchLabels: { app: "card" } } })],
    "counts pods that have other labels",
  ],
  ["zones, no pods", [over(zone, { labelSelector: undefined })], "counts pods that have other labels"],
  [
    "zones, by an expression",
    [
      over(zone, {
        labelSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["cart", "till"] }] },
      }),
    ],
    undefined,
  ],
])("pods over %s", (_, constraints, rule) => {
  const found = faults(...constraints);
  expect(found.length > 0).toBe(rule !== undefined);
  expect(found).toEqual(found.map(() => expect.stringContaining(rule ?? "")));
});
