import { clustersIn } from "../../infra/config/clusters";
import {
  cloud,
  facts,
  nodes,
  verdict,
  withAddresses,
  withFile,
  withLogsOf,
  withVolumesLeft,
  withZone,
} from "../../test/support/delivery/preflight";
import { preflightFaults } from "../../test/support/delivery/preflight-faults";
import { walk } from "../row";
import { cloudPreflight, sandboxPreflight } from ".";
import type { PreflightContext } from "./context";
import { vcpuNeeds } from "./vcpus";

describe("the clouds", () => {
  test("nothing is found when all is well", async () => {
    const results = await walk(cloudPreflight, cloud(), "clouds");
    // A stack that protects its data may have volumes of an earlier cluster, and this one makes its zone itself.
    const asked = cloudPreflight.filter(({ id }) => !["aws-cluster-volumes", "aws-zone"].includes(id));
    expect(results.map(({ id, verdict: { outcome } }) => `${id}: ${outcome}`)).toEqual(
      asked.map(({ id }) => `${id}: pass`),
    );
  });

  test("each row has a refusal", () => {
    // Of Node itself: a test runs in one that is new enough.
    const without = cloudPreflight
      .map(({ id }) => id)
      .filter((id) => !preflightFaults.some(([row]) => row === id));
    expect(without).toEqual(["node"]);
  });

  test.each(preflightFaults)("%s: %s", async (id, _, context, expected) => {
    const found = await verdict(cloudPreflight, id, context);
    expect(found.outcome).toBe("fail");
    expect(JSON.stringify(found)).toContain(expected);
  });

  test("the logs of a cluster that stands are no hindrance", async () => {
    const found = await verdict(
      cloudPreflight,
      "aws-cluster-logs",
      cloud({}, { output: withLogsOf("a cluster") }),
    );
    expect(found.outcome).toBe("pass");
  });

  test("the volumes of a cluster that stands are no hindrance, nor are the stack's own addresses", async () => {
    const volumes = await verdict(cloudPreflight, "aws-cluster-volumes", withVolumesLeft("a cluster"));
    expect(volumes.outcome).toBe("pass");
    const own = cloud({}, { output: withAddresses("prod", 3) });
    expect((await verdict(cloudPreflight, "aws-counts", own)).outcome).toBe("pass");
  });

  test("whether an account may have cards that the region does not list is not known before", async () => {
    const answers = { "https://api.linode.com/v4/regions/fr-par/availability": { body: "[]" } };
    expect(await verdict(cloudPreflight, "linode-plans", cloud({}, { answers }))).toMatchObject({
      outcome: "not checked",
      reason: expect.stringContaining("fr-par does not list g3-gpu-rtxpro6000-blackwell-1"),
    });
  });

  test("a plan of the system pool that is sold out is noticed too", async () => {
    const body = JSON.stringify([{ region: "fr-par", plan: "g6-standard-4", available: false }]);
    const answers = { "https://api.linode.com/v4/regions/fr-par/availability": { body } };
    const found = await verdict(cloudPreflight, "linode-plans", cloud({}, { answers }));
    expect(JSON.stringify(found)).toContain("ai-platform:clusters.linode.cluster.systemPool.plan");
  });

  test("a zone that the domain is delegated to is well", async () => {
    const around = withZone("atlas-financial.com.", ["ns-9.awsdns-09.com.", "ns-1.awsdns-01.org."]);
    expect(await verdict(cloudPreflight, "aws-zone", around)).toEqual({ outcome: "pass" });
  });

  test("a registry that the stack is yet to make does not hold up its first up, once the stack says so", async () => {
    const noRegistry: PreflightContext["get"] = async (url) => {
      if (url.includes("/v2/")) throw new Error("getaddrinfo ENOTFOUND");
      return cloud().get(url);
    };
    const said = withFile((text) =>
      text.replace("ai-platform:platform:", "ai-platform:platform:\n    registryFilled: false"),
    );
    expect(await verdict(cloudPreflight, "images", { ...said, get: noRegistry })).toMatchObject({
      outcome: "not checked",
      reason: expect.stringContaining("docs/registry.md"),
    });
    const found = await verdict(cloudPreflight, "images", cloud({}, { get: noRegistry }));
    expect(found.outcome).toBe("fail");
    expect(JSON.stringify(found)).toContain(
      "pulumi config set --path 'ai-platform:platform.registryFilled' false",
    );
  });

  test("credentials open a registry that hands out tokens", async () => {
    const asked: string[] = [];
    const guarded = cloud(
      {},
      {
        environment: { REGISTRY_USERNAME: "ci", REGISTRY_PASSWORD: "secret" },
        get: async (url, headers = {}) => {
          asked.push(url);
          const answer = {
            status: 200,
            header: () => 'Bearer realm="https://auth.test/token",service="harbor"',
            body: "",
          };
          if (url.startsWith("https://auth.test")) {
            const known = headers.authorization === `Basic ${Buffer.from("ci:secret").toString("base64")}`;
            return { ...answer, status: known ? 200 : 401, body: '{"token":"opened"}' };
          }
          return { ...answer, status: headers.authorization === "Bearer opened" ? 200 : 401 };
        },
      },
    );
    expect(await verdict(cloudPreflight, "images", guarded)).toEqual({ outcome: "pass" });
    expect(asked).toContain("https://auth.test/token?service=harbor");
  });

  test("the nodes that stand are all behind the firewall", async () => {
    const found = await verdict(
      cloudPreflight,
      "linode-firewall",
      cloud({}, { answers: nodes([1, 2], [2, 1]) }),
    );
    expect(found.outcome).toBe("pass");
  });

  test("models that are to come into a bucket that the stack is yet to make do not hold up its first up", async () => {
    const empty = cloud(
      {},
      {
        output: async (program, ...words) => {
          if (words.includes("list-objects-v2")) throw new Error("An error occurred (NoSuchBucket)");
          return cloud().output(program, ...words);
        },
      },
    );
    const found = await verdict(cloudPreflight, "models", empty);
    expect(found).toMatchObject({
      outcome: "not checked",
      reason: expect.stringContaining("npm run push-model"),
    });
  });

  test("the token needs no leave for what the stack does not have", async () => {
    const scopes = ["lke", "firewall", "object_storage", "domains", "account"];
    const header = () => scopes.map((scope) => `${scope}:read_write`).join(" ");
    const around = cloud({}, { answers: { "https://api.linode.com/v4/profile": { header } } });
    expect(await verdict(cloudPreflight, "linode-token", around)).toEqual({ outcome: "pass" });
  });

  test("a token that the stack may have of its own is not checked", async () => {
    const found = await verdict(cloudPreflight, "linode-token", cloud({}, { environment: {} }));
    expect(found.outcome).toBe("not checked");
  });
});

describe("the sandbox", () => {
  test("says how much disk and memory there is, and how much there must be", async () => {
    const small = cloud({}, { memory: 1024 ** 3, freeDisk: async () => 0 });
    expect(JSON.stringify(await verdict(sandboxPreflight, "memory", small))).toContain("2.5 GiB of memory");
    expect(JSON.stringify(await verdict(sandboxPreflight, "disk", small))).toContain("2.0 GiB free");
  });
});

test("pools are counted at their largest, spot and on-demand apart", () => {
  const needs = Object.fromEntries(
    vcpuNeeds(clustersIn(facts.clusters, "aws").map(({ config }) => config)).map(({ code, vcpus }) => [
      code,
      vcpus,
    ]),
  );
  // general 20 x 4, ai-compute 4 x 4 of 20, data-storage 8 x 4; ai-compute 16 x 4, ai-spot-workers 10 x 4; gpu-a10 4 x 8.
  expect(needs).toEqual({ "L-1216C47A": 128, "L-34B43A08": 104, "L-DB2E81BA": 32 });
});
