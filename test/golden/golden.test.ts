import { type Plan, plan, reviewedPlan, stacks } from "./plan";

const howToAccept = "`npm run golden` accepts today's plan; review it with `git diff test/golden/plan`";

/** A process for each stack, all at once. */
const plans = new Map(stacks.map((stack) => [stack, plan(stack)]));

describe.each(stacks)("the plan of %s", (stack) => {
  let today: Plan = new Map();
  beforeAll(async () => {
    today = (await plans.get(stack)) ?? today;
  }, 120_000);
  const reviewed = reviewedPlan(stack);

  test(`has every resource that was reviewed, and no other; ${howToAccept}`, () => {
    expect({
      missing: [...reviewed.keys()].filter((file) => !today.has(file)),
      extra: [...today.keys()].filter((file) => !reviewed.has(file)),
    }).toEqual({ missing: [], extra: [] });
  });

  test(`has every resource as it was reviewed; ${howToAccept}`, () => {
    const inBoth = [...today].filter(([file]) => reviewed.has(file));
    const contents = (plan: ReadonlyMap<string, string>) =>
      Object.fromEntries(
        inBoth
          .filter(([file, text]) => reviewed.get(file) !== text)
          .map(([file]) => [file, JSON.parse(plan.get(file) ?? "null")]),
      );
    expect(contents(today)).toEqual(contents(reviewed));
  });

  test("has no Secret with an empty map, which API servers do not keep: it would differ at each refresh", () => {
    const secrets = [...today.values()]
      .map((text) => JSON.parse(text))
      .filter(({ inputs }) => inputs?.kind === "Secret");
    expect(secrets.length).toBeGreaterThan(0);
    const empty = secrets.filter(({ inputs: { data, stringData } }) =>
      [data, stringData].some((map) => map !== undefined && Object.keys(map).length === 0),
    );
    // What Linode answers the plan's mocks do not know.
    const answered = ["linode-secrets-platform-system-linode-dns-token"];
    expect(empty.map(({ name }) => name).filter((name) => !answered.includes(name))).toEqual([]);
  });

  test("tells every Kubernetes and cloud resource which provider it belongs to", () => {
    const managed = [...today.values()]
      .map((text) => JSON.parse(text))
      .filter(({ type }) => /^(aws|kubernetes|linode|random):/.test(type ?? ""));
    expect(managed.length).toBeGreaterThan(0);
    expect(managed.filter(({ options }) => options.provider === undefined)).toEqual([]);
  });
});
