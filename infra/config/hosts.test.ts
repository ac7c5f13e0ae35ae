import { systems as registry, stackSchema } from "../../apps/registry";
import { lean } from "../../test/support/recorded/aws-platform";
import type { AwsConfig } from "./aws";
import { awsSchema } from "./aws-schema";
import { hostBeside, hostOf } from "./hosts";
import { publicHosts } from "./rules/public-hosts";

const atlas = { host: "ai.atlas-financial.com" };

test("no two environments have a host in common", () => {
  const hosts = (["development", "staging", "production"] as const).flatMap((environment) =>
    registry.map((system) => hostOf(system, {}, environment)),
  );
  expect(new Set(hosts).size).toBe(hosts.length);
  expect(hosts).toContain("ai.atlas-financial.com");
  expect(hosts).toContain("ai.staging.atlas-financial.com");
});

test("what the stack says goes before", () => {
  expect(hostOf(atlas, { host: "ai.example.org" }, "staging")).toBe("ai.example.org");
  expect(hostOf(atlas, {}, "staging")).toBe("ai.staging.atlas-financial.com");
});

test("the platform's hosts are beside Atlas' own, in whichever environment", () => {
  expect(hostBeside(hostOf(atlas, {}, "staging"), "grafana")).toBe("grafana.staging.atlas-financial.com");
});

const dns = { zone: "atlas-financial.com" };

describe("one host cannot be two things", () => {
  const faults = (systems: object, edge?: NonNullable<AwsConfig["edge"]>) =>
    publicHosts(
      {
        declares: () => true,
        environment: "production",
        systems: stackSchema.shape.systems.parse(systems),
        clusters: [{ name: "aws", cloud: "aws", config: awsSchema.parse({ ...lean, edge, dns }) }],
      },
      { systems: registry },
    ).map(({ path, found, problem }) => `${path.join(".")}: ${found}: ${problem}`);

  test.each([
    ["two systems", { atlas: { cluster: "aws" }, aiaas: { cluster: "linode" } }, []],
    [
      "by configuration",
      { atlas: { cluster: "aws", host: "a.example.org" }, aiaas: { cluster: "aws", host: "a.example.org" } },
      ['systems.aiaas.host: "a.example.org": the system atlas has this host name already'],
    ],
    [
      "by default",
      { atlas: { cluster: "aws" }, aiaas: { cluster: "linode", host: "ai.atlas-financial.com" } },
      ['systems.aiaas.host: "ai.atlas-financial.com": the system atlas has this host name already'],
    ],
    [
      "with the platform",
      { atlas: { cluster: "aws" }, aiaas: { cluster: "aws", host: "grafana.atlas-financial.com" } },
      [
        'systems.aiaas.host: "grafana.atlas-financial.com": the platform\'s grafana has this host name already',
      ],
    ],
    [
      "with a load balancer's host",
      { atlas: { cluster: "aws" }, aiaas: { cluster: "aws", host: "market-data.atlas-financial.com" } },
      [
        'systems.aiaas.host: "market-data.atlas-financial.com": market-data of the system atlas has this host name already',
      ],
    ],
  ])("%s", (_, systems, expected) => {
    expect(faults(systems)).toEqual(expected);
  });

  test("the edge sends to a host that the ingress has", () => {
    const edge = (hostName: string, apiOrigin?: string) => ({
      hostName,
      requestsPerTenMinutes: 1000,
      answerTimeoutSeconds: 60,
      ...(apiOrigin !== undefined && { apiOrigin }),
    });
    const systems = { atlas: { cluster: "aws" } };
    expect(faults(systems, edge("ai.atlas-financial.com", "origin.atlas-financial.com"))).toEqual([]);
    expect(faults(systems, edge("cdn.atlas-financial.com"))).toEqual([]);
    expect(faults(systems, edge("cdn.atlas-financial.com", "origin.atlas-financial.com"))).toEqual([
      expect.stringContaining("no system on this cluster answers at this name"),
    ]);
  });
});
