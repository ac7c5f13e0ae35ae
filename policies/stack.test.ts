import type { Resource } from "./resource";
import { Stack } from "./stack";

function resource(type: string, name: string): Resource {
  return {
    urn: `urn:pulumi:test::test::${type}::${name}`,
    name,
    type,
    properties: {},
    protect: false,
    dependencies: {},
  };
}

const bucket = resource("aws:s3/bucket:Bucket", "models");
const role = resource("aws:iam/role:Role", "reader");
const stack = new Stack([bucket, role]);

test("resources are found by type", () => {
  expect(stack.ofType("aws:s3/bucket:Bucket", "aws:iam/role:Role")).toEqual([bucket, role]);
  expect(stack.ofType("aws:kms/key:Key")).toEqual([]);
  expect([...stack.types()]).toEqual([bucket.type, role.type]);
});

test("what is derived from a stack is made once", () => {
  const make = jest.fn((whole: Stack) => whole.resources.length);
  expect([stack.derive(make), stack.derive(make)]).toEqual([2, 2]);
  expect(make).toHaveBeenCalledTimes(1);
  expect(new Stack([]).derive(make)).toBe(0);
});
