import { namespaceWith, policy, service, workload } from "../../test/support/network-piece";
import { faultsOf } from "../../test/support/proofs/networks";

const labels = { app: "training" };
const worker = [{ podSelector: { matchLabels: labels } }];

/** Two workers of one job, and what their policy lets through. */
function pieceWith(ingress: readonly object[], egress: readonly object[], { named = true } = {}) {
  const job = workload("research", "training", labels, {
    kind: "Job",
    container: { ports: [{ name: "rendezvous", containerPort: 29_500 }] },
    ...(named && { pod: { subdomain: "training-workers" } }),
  });
  const indexed = {
    ...job,
    spec: { ...Object(Object(job).spec), completionMode: "Indexed", parallelism: 2 },
  };
  return {
    cluster: "aws",
    objects: [
      ...namespaceWith("research"),
      indexed,
      service(
        "research",
        "training-workers",
        labels,
        { name: "rendezvous", port: 29_500 },
        { clusterIP: "None" },
      ),
      policy("research", "training", labels, { ingress, egress }),
    ],
  } as const;
}

const met = [{ protocol: "TCP", port: 29_500 }];

test("workers of a run reach each other where they meet, and on ports that nothing names", () => {
  expect(faultsOf(pieceWith([{ from: worker }], [{ to: worker }]))).toEqual([]);
});

test.each([
  ["no way in", [], [{ to: worker }]],
  ["no way out", [{ from: worker }], []],
  ["the port where they meet alone", [{ from: worker, ports: met }], [{ to: worker, ports: met }]],
])("%s keeps them apart", (_how, ingress, egress) => {
  const faults = faultsOf(pieceWith(ingress, egress));
  expect(faults).toHaveLength(2);
  expect(faults[0]).toContain("works with the other workers of its run");
});

test("pods of a job that have no names of their own work by themselves", () => {
  expect(faultsOf(pieceWith([], [], { named: false }))).toEqual([]);
});
