import { faultsOf } from "./faults";
import { reviewedResources } from "./reviewed-resources";
import { loadSeeds, type Statement } from "./statements";

const resources = reviewedResources();
const seeds = loadSeeds();

test("the five seeds are there", () => {
  expect(seeds.map(({ number }) => number)).toEqual(["000", "001", "002", "003", "004"]);
});

test.each(seeds)("every statement of $number has evidence that is still there", ({ statements }) => {
  expect(statements.flatMap((statement) => faultsOf(statement, resources))).toEqual([]);
});

test.each(seeds)("no statement of $number stands there twice under one heading", ({ statements }) => {
  const keys = statements.map(({ about, says }) => `${about}: ${says}`);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

describe("a statement that loses its evidence is refused", () => {
  const sound: Statement = {
    seed: "000",
    about: "Samples",
    says: "a sample",
    code: ["docs/traceability/faults.ts faultsOf"],
    tests: ["docs/traceability/traceability.test.ts: the five seeds are there"],
    plan: "Deployment atlas-ai-orchestrator-deployment",
    is: { "spec.replicas": 3, "container.ports.http.containerPort": 8084 },
    has: {
      "container.ports": { containerPort: 9090 },
      "spec.template.spec.serviceAccountName": "orchestrator",
      "spec.template.spec.tolerations": [],
    },
    decision: "docs/decisions/supported-versions.md",
    weaker: undefined,
  };

  test("a sound one passes", () => {
    expect(faultsOf(sound, resources)).toEqual([]);
  });

  test.each<[string, Partial<Statement>, string]>([
    ["its file", { code: ["docs/gone.ts"] }, "there is no file docs/gone.ts"],
    ["its symbol", { code: ["docs/traceability/page.ts gone"] }, "docs/traceability/page.ts has no gone"],
    ["its file of tests", { tests: ["docs/gone.test.ts: x"] }, "there is no file docs/gone.test.ts"],
    [
      "its test",
      { tests: ["docs/reference.test.ts: what never was"] },
      'docs/reference.test.ts has no test whose title says "what never was"',
    ],
    ["its resource", { plan: "Deployment gone" }, "the reviewed plan has no Deployment gone"],
    [
      "its value",
      { is: { "spec.replicas": 4 } },
      "Deployment atlas-ai-orchestrator-deployment has 3 at spec.replicas, not 4",
    ],
    [
      "a title that is only mentioned",
      { tests: ["docs/traceability/traceability.test.ts: what never was"] },
      'docs/traceability/traceability.test.ts has no test whose title says "what never was"',
    ],
    [
      "a part of a value",
      { has: { "container.ports": [{ name: "http" }, { name: "http", containerPort: 9090 }] } },
      'Deployment atlas-ai-orchestrator-deployment lacks [{"name":"http"},{"name":"http","containerPort":9090}] at container.ports',
    ],
    [
      "the reason for doing less",
      { weaker: "less", decision: undefined },
      "weaker than asked, without a decision that says why",
    ],
    ["the resource of its values", { plan: undefined }, "values, and no resource of the plan to hold them"],
    ["the page of its decision", { decision: "docs/gone.md" }, "there is no page docs/gone.md"],
    [
      "what somebody does instead",
      { decision: "docs/decisions/alerts-of-the-chart.md" },
      "docs/decisions/alerts-of-the-chart.md does not say what somebody does instead",
    ],

    [
      "everything",
      { code: [], is: {}, has: {}, decision: undefined },
      "neither code with a test, nor values of the plan, nor a decision",
    ],
  ])("%s", (_, change, fault) => {
    expect(faultsOf({ ...sound, ...change }, resources)).toEqual([`000 "a sample": ${fault}`]);
  });
});
