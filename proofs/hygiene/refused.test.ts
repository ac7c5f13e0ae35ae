import { type DeploymentOptions, deployment } from "../../test/support/proofs/deployment";
import { evidenceOf, faultsOf } from "../../test/support/proofs/evidence";
import { workloadsAreTaken } from "./refused";

const asking = (memory: string, limit: string): DeploymentOptions => ({
  container: { resources: { requests: { memory }, limits: { memory: limit } } },
});
const ports = (...names: readonly string[]): DeploymentOptions => ({
  container: { ports: names.map((name, index) => ({ name, containerPort: 8080 + index })) },
});
const as = (runAsUser: number | undefined, own?: number): DeploymentOptions => ({
  pod: { securityContext: { runAsNonRoot: true, runAsUser } },
  container: { securityContext: { runAsUser: own } },
});

test.each<readonly [string, DeploymentOptions, string | undefined]>([
  ["nothing else", {}, undefined],
  [
    "a selector of others",
    { spec: { selector: { matchLabels: { app: "card" } } } },
    "its selector is not of the labels",
  ],
  ["as much as it may have", asking("1Gi", "1Gi"), undefined],
  ["more than it may have", asking("2Gi", "1Gi"), "asks for 2Gi of memory and may have 1Gi"],
  ["what is no quantity", asking("1Gi", "2GB"), "has 2GB of memory, which is no quantity"],
  ["ports", ports("http", "metrics"), undefined],
  ["a port twice", ports("http", "http"), "two ports http"],
  ["a port with a long name", ports("http-of-the-cart"), "the API server refuses the name"],
  ["a user", as(10_001), undefined],
  ["root", as(0), "runs as root and must not"],
  ["root in one container", as(10_001, 0), "runs as root and must not"],
  ["another user in one container", as(0, 10_001), undefined],
  [
    "two containers of one name",
    { pod: { initContainers: [{ name: "cart", image: "cart:1" }] } },
    "two of its containers are called cart",
  ],
])("a workload with %s", (_, options, rule) => {
  expect(faultsOf(workloadsAreTaken, evidenceOf(deployment(options)))).toEqual(
    rule === undefined ? [] : [expect.stringContaining(rule)],
  );
});
