import awsSchema from "../providers/aws/schema.json";
import linodeSchema from "../providers/linode/schema.json";
import randomSchema from "../providers/random/schema.json";
import { type Schema, shapeFailures } from "./schema";
import { sdkSchemas } from "./sdk-schemas";

test("the recorded shapes are those of the installed SDKs (else run `npm run schemas`)", () => {
  expect(sdkSchemas()).toEqual({ aws: awsSchema, linode: linodeSchema, random: randomSchema });
});

test("the shapes know what is required, what is optional, and what is there only once created", () => {
  const subnet = awsSchema.resources["aws:ec2/subnet:Subnet"];
  expect(subnet.inputs).toMatchObject({ vpcId: "string", cidrBlock: "string?", tags: "{string}?" });
  expect(subnet.outputs).toMatchObject({ arn: "string", tags: "{string}?" });
  expect(Object.keys(subnet.inputs)).not.toContain("arn");
  expect(awsSchema.objects["eks.NodeGroupScalingConfig"]).toEqual({
    desiredSize: "number",
    maxSize: "number",
    minSize: "number",
  });
});

const schema: Schema = {
  provider: {},
  resources: {},
  objects: { Taint: { key: "string", value: "string?" } },
};
const shapes = {
  name: "string",
  size: "number?",
  labels: "{string}?",
  taints: "Taint[]?",
  policy: "string|Taint?",
};

test.each([
  ["what is required", { name: "a" }],
  ["everything", { name: "a", size: 0, labels: { a: "" }, taints: [{ key: "k" }], policy: "{}" }],
  ["a choice", { name: "a", policy: { key: "k" } }],
  ["null for what is optional", { name: "a", size: null }],
])("accepts %s", (_, values) => {
  expect(shapeFailures(schema, shapes, values)).toEqual([]);
});

test.each([
  ["nothing", {}, "name", "required"],
  ["a property that nobody knows", { name: "a", sizes: 1 }, "sizes", "known are: labels, name"],
  ["a wrong type", { name: 1 }, "name", "must be a string, found 1"],
  ["a number as text", { name: "a", size: "1" }, "size", 'must be a number, found "1"'],
  ["a single one for a list", { name: "a", taints: { key: "k" } }, "taints", "must be a list"],
  ["a wrong value in a map", { name: "a", labels: { x: 1 } }, 'labels["x"]', "must be a string"],
  [
    "an unknown property further down",
    { name: "a", taints: [{ key: "k", kee: "" }] },
    "taints[0].kee",
    "key, value",
  ],
  ["a missing property further down", { name: "a", taints: [{}] }, "taints[0].key", "required"],
  ["none of a choice", { name: "a", policy: 1 }, "policy", "must be a string"],
])("refuses %s", (_, values, property, reason) => {
  expect(shapeFailures(schema, shapes, values)).toEqual([
    { property, reason: expect.stringContaining(reason) },
  ]);
});
