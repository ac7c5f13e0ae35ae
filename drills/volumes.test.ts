import type { Minimum } from "./availability";
import { withoutHeldBy } from "./held-members";
import type { Pod } from "./objects";
import { keepsData, ownVolumes, type Volume } from "./volumes";

const labels = { app: "broker" };

function member(name: string): Pod {
  return {
    metadata: { name, namespace: "shop", labels },
    spec: { volumes: [{ persistentVolumeClaim: { claimName: `data-${name}` } }] },
  };
}

function volume(claim: string, zone: string, accessMode = "ReadWriteOnce"): Volume {
  return {
    metadata: { name: `volume-of-${claim}` },
    spec: {
      accessModes: [accessMode],
      claimRef: { namespace: "shop", name: claim },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: "topology.kubernetes.io/zone", values: [zone] }] }],
        },
      },
    },
  };
}

const pods = ["broker-0", "broker-1", "broker-2"].map(member);
const volumes = ["a", "b", "c"].map((zone, index) => volume(`data-broker-${index}`, zone));
const budget: Minimum = {
  of: "PodDisruptionBudget shop/broker",
  namespace: "shop",
  selector: { matchLabels: labels },
  count: 3,
  pods: 3,
};

test("a member whose volume is in a lost zone is not waited for; a quorum is", () => {
  const quorum: Minimum = { ...budget, of: "the quorum of StatefulSet shop/broker", count: 2, always: true };
  expect(withoutHeldBy("a", [budget, quorum], pods, volumes).map(({ count }) => count)).toEqual([2, 2]);
});

test("members with volumes elsewhere, or with none, are waited for", () => {
  expect(withoutHeldBy("d", [budget], pods, volumes)).toEqual([budget]);
  expect(withoutHeldBy("a", [budget], pods, [])).toEqual([budget]);
  expect(withoutHeldBy("a", [{ ...budget, namespace: "other" }], pods, volumes)[0]?.count).toBe(3);
});

test("a volume that many share is no pod's own", () => {
  const [pod = member("broker-0")] = pods;
  expect(ownVolumes(pod, [volume("data-broker-0", "a", "ReadWriteMany")])).toEqual([]);
  expect(keepsData(pod, [volume("data-broker-0", "a", "ReadWriteMany")])).toBe(false);
  expect(keepsData(pod, volumes)).toBe(true);
});
