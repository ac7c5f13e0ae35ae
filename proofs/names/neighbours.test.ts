import { deployment } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf, type Piece } from "../../test/support/proofs/evidence";
import { neighboursAreThere } from "./neighbours";

const term = (app: string) => ({
  labelSelector: { matchLabels: { app } },
  topologyKey: "kubernetes.io/hostname",
});
const required = (kind: string, app: string): Piece =>
  deployment({
    pod: { affinity: { [kind]: { requiredDuringSchedulingIgnoredDuringExecution: [term(app)] } } },
  });
const preferred = (kind: string, app: string): Piece =>
  deployment({
    pod: {
      affinity: {
        [kind]: {
          preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term(app) }],
        },
      },
    },
  });

test.each<readonly [string, Piece, string | undefined]>([
  ["far from its own", required("podAntiAffinity", "cart"), undefined],
  [
    "far from nothing",
    required("podAntiAffinity", "card"),
    "keep away from pods that no workload has (app=card)",
  ],
  [
    "rather far from nothing",
    preferred("podAntiAffinity", "card"),
    "keep away from pods that no workload has",
  ],
  ["near another", required("podAffinity", "till"), undefined],
  ["near nothing", required("podAffinity", "card"), "run only beside pods that no workload has (app=card)"],
  // They run all the same.
  ["rather near nothing", preferred("podAffinity", "card"), undefined],
])("pods that are to be %s", (_, piece, rule) => {
  expect(faultsOf(neighboursAreThere, evidenceOf(piece, deployment({ name: "till" })))).toEqual(
    rule === undefined ? [] : [expect.stringContaining(rule)],
  );
});
