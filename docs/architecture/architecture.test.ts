import { reviewedPlan, stacks } from "../../test/golden/plan";
import { boxesOf, flowchart } from "./mermaid";
import { stackDiagram, withArchitecture } from "./page";
import { requestsOf } from "./requests";

const poolTypes = ["aws:eks/nodeGroup:NodeGroup", "linode:index/lkeNodePool:LkeNodePool"];

test.each(stacks)("%s: every node pool of the plan is in the diagram", (stack) => {
  const planned = [...reviewedPlan(stack).values()]
    .map((text) => JSON.parse(text))
    .filter(({ type }) => poolTypes.includes(type))
    // The groups of a pool that has one in each zone are one box.
    .map(({ name }) => name.replace(/-us-east-1[a-f]-group$/, "-group"));
  const drawn = boxesOf(stackDiagram(stack)).map(({ id }) => id);
  expect(drawn).toEqual(expect.arrayContaining(planned));
  expect(planned.length > 0).toBe(stack !== "dev");
});

test("dev's pods together, everything on, are few enough for a laptop (C1)", () => {
  const [line] = requestsOf("dev").split("\n");
  const [, cpu, memory] = /and ([\d.]+) CPU, ([\d.]+) GiB when everything/.exec(line ?? "") ?? [];
  expect(Number(cpu)).toBeLessThanOrEqual(8);
  expect(Number(memory)).toBeLessThanOrEqual(24);
});

test("each cluster's requests are on the page, beside what its nodes have", () => {
  expect(requestsOf("prod").split("\n")).toEqual([
    expect.stringMatching(
      /^- `atlas-prod`: [\d.]+ CPU, [\d.]+ GiB, 3 GPU of the [\d.]+ CPU, [\d.]+ GiB, 4 GPU /,
    ),
    expect.stringMatching(
      /^- `aiaas-prod`: [\d.]+ CPU, [\d.]+ GiB, 2 GPU of the [\d.]+ CPU, [\d.]+ GiB, 2 GPU /,
    ),
  ]);
});

test.each(stacks)("%s: a page shows the diagram at once", (stack) => {
  expect(boxesOf(stackDiagram(stack)).length).toBeLessThanOrEqual(35);
});

test("prod shows what its pools are made of", () => {
  const lines = boxesOf(stackDiagram("prod")).map((box) => box.lines);
  expect(lines).toEqual(
    expect.arrayContaining([
      ["gpu-a10", "g5.2xlarge", "GPU of each: 1 x A10G", "4 nodes"],
      ["ai-spot-workers", "t3a.xlarge, t3.xlarge", "2 to 10 spot nodes"],
      ["baseline-production", "g6-standard-8", "3 to 10 nodes"],
    ]),
  );
});

test("staging shows the cluster that it borrows, and which namespace of it is its own", () => {
  const text = flowchart(stackDiagram("staging"));
  expect(text).toContain('["LKE of the stack organization/ai-platform/prod"]');
  expect(text).toContain('linode_namespaces["Namespaces<br>aiaas: staging"]');
});

test("an arrow to something that is not drawn is a mistake", () => {
  const members = [{ id: "cloud", title: "Cloud", members: [{ id: "bucket", lines: ["Bucket"] }] }];
  expect(() => flowchart({ members, arrows: [{ from: "bucket", to: "copy" }] })).toThrow(
    "does not show copy",
  );
});

test("a frame without members is left out", () => {
  const empty = { id: "empty", title: "Empty", members: [] };
  const full = { id: "full", title: 'Say "full"', members: [{ id: "a.b", lines: ["one", "two"] }, empty] };
  expect(flowchart({ members: [empty, full], arrows: [] }).split("\n")).toEqual([
    "flowchart LR",
    '  subgraph full["Say #quot;full#quot;"]',
    "    direction TB",
    '    a_b["one<br>two"]',
    "  end",
  ]);
});

test("a README without the markers is refused", () => {
  expect(() => withArchitecture("# Nothing here")).toThrow("no place for the diagram");
});
