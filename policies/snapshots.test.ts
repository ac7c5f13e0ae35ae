import { Secret, unknownCheckingProxy } from "@pulumi/policy";
import { Snapshots, withoutProxy } from "./snapshots";
import { unknownOnTheWire } from "./testing/harness";
import { unknown } from "./value";

const urn = "urn:pulumi:test::test::aws:s3/bucket:Bucket::models";

test("one walk serves every policy that is handed the same properties", () => {
  const properties = { bucket: "models", tags: { team: "ai" } };
  const snapshots = new Snapshots();
  const first = snapshots.of(urn, unknownCheckingProxy(properties));
  expect(first).toEqual(properties);
  expect(snapshots.of(urn, unknownCheckingProxy(properties))).toBe(first);
  expect(snapshots.of(urn, unknownCheckingProxy({ ...properties, bucket: "other" }))).toEqual({
    ...properties,
    bucket: "other",
  });
});

test("what is not known does not throw", () => {
  const given = unknownCheckingProxy({ bucket: unknownOnTheWire, deep: [{ id: unknownOnTheWire }] });
  expect(new Snapshots().of(urn, given)).toEqual({ bucket: unknown, deep: [{ id: unknown }] });
});

test("no property of a resource stands in the place of all", () => {
  const disguised = {
    privileged: true,
    __getSpecialProxyTarget: { privileged: false },
    __isSpecialProxy: true,
  };
  expect(new Snapshots().of(urn, unknownCheckingProxy(disguised))).toEqual(disguised);
  expect(withoutProxy(unknownCheckingProxy(disguised))).toEqual(disguised);
});

test("secrets stay secret in a copy", () => {
  const secret = new Secret("hunter2");
  expect(withoutProxy(unknownCheckingProxy({ password: secret })).password).toBe(secret);
});
