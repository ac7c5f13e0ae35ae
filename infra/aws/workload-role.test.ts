import { roleName } from "./workload-role";

test("a role is named after its resource, as long as IAM takes the name", () => {
  expect(roleName("aws-roles-ai-middleware-mongodb-restore-check-role")).toEqual({});
});

test("a longer name keeps its beginning and stays its own, within the 38 characters of a prefix", () => {
  const long = (last: string) => roleName(`middleware-prod-roles-ai-middleware-mongodb-restore-${last}-role`);
  expect(long("check").namePrefix).toMatch(/^middleware-prod-roles-ai-midd-[0-9a-f]{7}-$/);
  expect(long("check").namePrefix).toHaveLength(38);
  expect(long("check")).not.toEqual(long("choice"));
});
