import { ChangingStack, laptopSystems } from "./changing-stack";

/** What one line of a stack file changes on clusters that run, and that nothing else changes with it. */
jest.setTimeout(20 * 60_000);

describe("a laptop's stack", () => {
  const cluster = "ai-platform-dev";
  const { aiaas } = laptopSystems;
  const withModels = (modelVersion: string) => ({
    aiaas,
    "market-research": { ...laptopSystems["market-research"], modelVersion },
  });
  let stack: ChangingStack;

  beforeAll(async () => {
    ({ stack } = await ChangingStack.onLaptop());
  });

  afterAll(() => stack.remove());

  test("another version of the models rolls forward and back, and touches what loads them alone", async () => {
    const forward = await stack.change("systems", withModels("1.2.0"));
    expect(forward).toEqual({
      update: ["market-research-embedder-cron-job", "market-research-ner-service-deployment"],
    });
    expect(await stack.change("systems", withModels("1.1.0"))).toEqual(forward);
  });

  test("a secret that is due changes, and its consumers roll with it", async () => {
    const password = () =>
      stack.kubectl(
        cluster,
        ...["get", "secret", "aiaas-rabbitmq", "--namespace=development"],
        "--output=jsonpath={.data.password}",
      );
    const before = await password();
    expect(await stack.change("rotate", { "aiaas-rabbitmq": "leaked" })).toEqual({
      replace: ["local-secrets-development-aiaas-rabbitmq-password"],
      update: [
        "aiaas-analytics-deployment",
        "aiaas-api-router-deployment",
        "local-secrets-development-aiaas-rabbitmq",
      ],
    });
    expect(await password()).not.toBe(before);
  });

  test("a system that is switched off leaves with its namespace; only the ingress forgets it", async () => {
    expect(await stack.change("systems", { aiaas })).toEqual({
      delete: expect.anything(),
      update: ["local-network-ingress-nginx-ingress"],
    });
    expect(await stack.kubectl(cluster, "get", "namespaces", "--output=name")).not.toContain(
      "marketresearch",
    );
  });

  test("and all of it can be destroyed", () => stack.destroyWhole());
});

describe("a stack of two clusters", () => {
  const stack = ChangingStack.like("prod");
  afterAll(() => stack.remove());

  const namespaces = (cluster: string) => stack.kubectl(cluster, "get", "namespaces", "--output=name");

  test("a system moves from the one to the other, whole", async () => {
    stack.set("protectData", false);
    await stack.change("systems", { "ai-middleware": { cluster: "aws" } });
    expect(await namespaces("atlas-prod")).toContain("ai-middleware");
    expect(await namespaces("aiaas-prod")).not.toContain("ai-middleware");

    await stack.change("systems", { "ai-middleware": { cluster: "linode" } });
    expect(await namespaces("atlas-prod")).not.toContain("ai-middleware");
    expect(await namespaces("aiaas-prod")).toContain("ai-middleware");
    const { clusters } = stack.sandbox.summary(stack.name);
    expect(clusters.map(({ name, pods }) => ({ name, pending: pods.Pending ?? 0 }))).toEqual([
      { name: "aiaas-prod", pending: 0 },
      { name: "atlas-prod", pending: 0 },
    ]);
  });

  test("and all of it can be destroyed", () => stack.destroyWhole());
});
