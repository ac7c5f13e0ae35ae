import { readFileSync } from "node:fs";
import { join } from "node:path";
import { modelOf } from "./expand";
import { planOfPreview } from "./preview";

/** Some steps of a preview of dev, as Pulumi's CLI 3.260 prints them. */
const recorded = readFileSync(join(__dirname, "fixtures", "preview.json"), "utf8");

const release = "kubernetes:helm.sh/v3:Release::local-platform-redis-operator-release";

function step(op: string, urn: string, inputs?: object) {
  return {
    op,
    urn,
    ...(inputs && { newState: { urn, type: urn.split("::")[2]?.split("$").at(-1), inputs } }),
  };
}

function planOf(...steps: readonly object[]) {
  return planOfPreview("dev", JSON.stringify({ steps, changeSummary: {} }));
}

const bucket = "urn:pulumi:dev::ai-platform::aws:s3/bucket:Bucket::models";

test("a preview is read as the reviewed plan is", () => {
  const plan = planOfPreview("dev", recorded);
  const found = plan.resources.find(({ urn }) => urn === release);
  expect(found).toMatchObject({
    type: "kubernetes:helm.sh/v3:Release",
    name: "local-platform-redis-operator-release",
    inputs: { name: "redis-operator", namespace: "data-operators" },
    provider: "local-kubernetes",
    system: "platform",
    parent: "ai-platform:platform:RedisOperator::local-platform-redis-operator",
    isProtected: false,
  });
  expect(found?.dependsOn).toContain("pulumi:providers:kubernetes::local-kubernetes");
});

test("the stack itself is no resource, and what is part of it alone has no parent", () => {
  const plan = planOfPreview("dev", recorded);
  expect(plan.resources.filter(({ type }) => type === "pulumi:pulumi:Stack")).toEqual([]);
  expect(plan.resources.find(({ urn }) => urn === "ai-platform:apps:Aiaas::aiaas")?.parent).toBeUndefined();
});

test("charts and operators make of a preview what they make of a plan", () => {
  const model = modelOf(planOfPreview("dev", recorded));
  const made = (by: string) =>
    model.workloads
      .filter(({ origin, hook }) => origin.by === by && hook === undefined)
      .map(({ kind, name, system }) => `${kind} ${name} of ${system}`);
  expect(made("chart")).toEqual(["Deployment redis-operator of platform"]);
  expect(made("operator")).toEqual(["StatefulSet redis of aiaas"]);
});

test("of a Secret that is secret as a whole no keys are known", () => {
  const [secret] = modelOf(planOfPreview("dev", recorded)).of("Secret");
  expect(secret?.name).toBe("elasticsearch-log-writer");
  expect(secret?.keys).toBeUndefined();
});

test("what is deleted is no part of the plan; what is replaced is one resource, as it is in the end", () => {
  const plan = planOf(
    step("create-replacement", bucket, { acl: "private" }),
    step("replace", bucket, { acl: "private" }),
    step("delete-replaced", bucket),
    step("delete", `${bucket}-old`),
  );
  expect(plan.resources.map(({ urn, inputs }) => [urn, inputs])).toEqual([
    ["aws:s3/bucket:Bucket::models", { acl: "private" }],
  ]);
});

test("a preview without any step is a plan without resources", () => {
  expect(planOfPreview("dev", '{"changeSummary":{}}').resources).toEqual([]);
});

test.each([
  ["nothing", ""],
  ["half a preview", recorded.slice(0, 500)],
  ["what people read", "Previewing update (dev):"],
  ["the plan of a run that ended early", '{"diagnostics":[{"message":"no stack"}]}'],
])("%s is refused, with what was found and how to get it right", (_, text) => {
  expect(() => planOfPreview("dev", text)).toThrow(/found ".*pulumi preview --json --show-sames/);
});
