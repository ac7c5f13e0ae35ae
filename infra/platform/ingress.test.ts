import { clouds, declaredBundles, generatedPassword } from "../../test/support/recorded/objects";
import { recordService } from "../../test/support/recorded/service";
import { record, type SiteChanges } from "../../test/support/recorded/site";
import { placed } from "../../test/support/systems";
import { route53Records } from "../aws/dns";
import type { ClusterDns } from "../cluster/cluster";
import { termOf } from "../secrets/rotation";
import { originKeys } from "./edge-origin";
import { IngressController } from "./ingress";
import { ingressController } from "./ingress-class";

async function controllerOf(changes: SiteChanges, dns?: ClusterDns) {
  const recorded = await recordService((site) => {
    const cluster = { ...site.cluster, ...(dns && { dns }) };
    new IngressController("ingress", { site: { ...site, cluster } });
  }, changes);
  return { ...recorded, controller: recorded.release("nginx-ingress").values.controller };
}

const annotation = (cloud: string, name: string) =>
  `service.beta.kubernetes.io/${cloud}-load-balancer${name}`.replace(
    "linode-load-balancer",
    "linode-loadbalancer",
  );

test("on AWS an NLB over all zones sends straight to the pods (C11, 001)", async () => {
  const { controller } = await controllerOf({ cloud: clouds.eks });
  expect(controller.service).toMatchObject({
    type: "LoadBalancer",
    loadBalancerClass: "service.k8s.aws/nlb",
    annotations: {
      [annotation("aws", "-nlb-target-type")]: "ip",
      [annotation("aws", "-scheme")]: "internet-facing",
      [annotation("aws", "-attributes")]: "load_balancing.cross_zone.enabled=true",
    },
  });
});

test.each([
  ["eks", annotation("aws", "-proxy-protocol"), "*"],
  ["lke", annotation("linode", "-default-proxy-protocol"), "v2"],
] as const)(
  "on %s both ends speak the PROXY protocol, so that client addresses arrive",
  async (kind, key, value) => {
    const { controller } = await controllerOf({ cloud: clouds[kind] });
    expect(controller.service.annotations[key]).toBe(value);
    expect(controller.config.entries).toMatchObject({
      "proxy-protocol": "True",
      "real-ip-header": "proxy_protocol",
    });
    expect(controller.config.entries["set-real-ip-from"].split(",")).not.toContain("0.0.0.0/0");
  },
);

test("a NodeBalancer is known by its name, so that no pod is led past it", async () => {
  const { controller } = await controllerOf({ cloud: clouds.lke });
  expect(controller.service.annotations[annotation("linode", "-hostname-only-ingress")]).toBe("true");
});

test("on a laptop nobody waits for a load balancer, and nobody speaks the PROXY protocol", async () => {
  const { controller } = await controllerOf({ cloud: clouds.local, settings: { availability: "single" } });
  expect(controller.service).toMatchObject({ type: "NodePort", httpsPort: { nodePort: 30443 } });
  expect(controller.config.entries).not.toHaveProperty("proxy-protocol");
  expect(controller.config.entries["external-status-address"]).toBe("127.0.0.1");
  expect(controller).toMatchObject({ replicaCount: 1 });
  expect(controller).not.toHaveProperty("podDisruptionBudget");
});

test("old TLS, server versions, snippets and telemetry are off; HSTS is on (P1)", async () => {
  const { controller } = await controllerOf({ cloud: clouds.eks });
  expect(controller.config.entries).toMatchObject({
    "ssl-protocols": "TLSv1.2 TLSv1.3",
    "server-tokens": "False",
    hsts: "True",
  });
  expect(controller).toMatchObject({
    enableSnippets: false,
    telemetryReporting: { enable: false },
    readOnlyRootFilesystem: true,
  });
});

test("each line of the access log is JSON, without the query", async () => {
  const { controller } = await controllerOf({ cloud: clouds.eks });
  const { "log-format": format, "log-format-escaping": escaping } = controller.config.entries;
  expect(escaping).toBe("json");
  const fields = Object.values(JSON.parse(format));
  expect(fields).toContain("$remote_addr");
  expect(fields).not.toContain("$request_uri");
  expect(fields).not.toContain("$args");
});

test("pods survive a node and a zone, and go on answering while load balancers find out (R3)", async () => {
  const { controller } = await controllerOf({ cloud: clouds.eks });
  expect(controller.replicaCount).toBeGreaterThanOrEqual(2);
  expect(controller.podDisruptionBudget).toEqual({ enabled: true, maxUnavailable: 1 });
  expect(controller.topologySpreadConstraints).toHaveLength(2);
  for (const { labelSelector } of controller.topologySpreadConstraints) {
    expect(labelSelector.matchLabels).toEqual(ingressController.labels);
  }
  const { seconds } = controller.lifecycle.preStop.sleep;
  expect(seconds).toBeGreaterThan(0);
  expect(controller.terminationGracePeriodSeconds).toBeGreaterThan(seconds);
});

test("visitors reach two ports of it, and it reaches the API server", async () => {
  const { edges } = await controllerOf({ cloud: clouds.eks });
  expect(edges).toEqual([
    "everybody -> ingress/nginx-ingress: 80, 443",
    "ingress/nginx-ingress -> api-server",
    "monitoring/prometheus -> ingress/nginx-ingress: 9113",
  ]);
});

test("it leads to the environments of other stacks on its cluster too (D3)", async () => {
  const systems = placed({ aiaas: { cluster: "aws", sharedWith: ["staging"] } });
  const { edges } = await controllerOf({ cloud: clouds.lke, systems });
  expect(edges).toContain("ingress/nginx-ingress -> staging/*");
});

describe("behind CloudFront (C13)", () => {
  const edge = { host: "ai.example.com", answerTimeoutSeconds: 120 };

  test("it refuses the host to whatever did not come through there", async () => {
    const { controller, objects } = await controllerOf({ edge });
    const { entries } = controller.config;
    expect(entries["server-snippets"]).toBe("if ($past_the_edge) { return 403; }");
    expect(entries["http-snippets"].split("\n")).toEqual([
      "proxy_request_buffering off;",
      "include /etc/nginx-edge/1/origin.conf;",
      "include /etc/nginx-edge/2/origin.conf;",
      expect.stringContaining("map $http_cloudfront_viewer_address $visitor {"),
      'map "$host/$origin_key_1$origin_key_2" $past_the_edge { default 0; "ai.example.com/" 1; }',
    ]);
    // The keys are files: neither the release nor the ConfigMap has them.
    expect(JSON.stringify(controller)).not.toContain(generatedPassword);
    expect(controller.volumeMounts).toEqual([
      { name: "edge-origin-1", mountPath: "/etc/nginx-edge/1", readOnly: true },
      { name: "edge-origin-2", mountPath: "/etc/nginx-edge/2", readOnly: true },
    ]);
    expect(Object.keys(controller.pod.annotations)).toEqual([
      "checksum/edge-origin-1",
      "checksum/edge-origin-2",
    ]);
    const secrets = objects.filter(({ kind }) => kind === "Secret");
    expect(secrets.map(({ name }) => name)).toEqual(["edge-origin-1", "edge-origin-2"]);
    expect(JSON.stringify(secrets)).toContain(
      `map $http_x_origin_key_1 $origin_key_1 { default \\"\\"; \\"${generatedPassword}\\" 1; }`,
    );
  });

  test("both ends have the same keys, of which one holds while the other is made anew", async () => {
    const { site } = await record(originKeys, { edge });
    expect(originKeys(site).map(({ header }) => header)).toEqual(["X-Origin-Key-1", "X-Origin-Key-2"]);
    const bundles = declaredBundles().filter(({ name }) => name.startsWith("edge-origin-"));
    const due = bundles.map((bundle) => termOf(bundle, new Date("2026-11-30"))?.until ?? "");
    const apart = Math.abs(Date.parse(due[0] ?? "") - Date.parse(due[1] ?? "")) / 86_400_000;
    expect(Math.min(apart, 90 - apart)).toBeGreaterThan(7);
  });

  test("a host that stands in the open is asked for no key", async () => {
    const { controller } = await controllerOf({});
    expect(controller).not.toHaveProperty("volumes");
    expect(controller.config.entries).not.toHaveProperty("server-snippets");
    expect(controller.config.entries["http-snippets"]).toBe("proxy_request_buffering off;");
  });
});

test("what takes minutes and what is large find room: connections, and no disk (000)", async () => {
  const { controller } = await controllerOf({});
  const { entries } = controller.config;
  expect(Number(entries["worker-connections"])).toBeGreaterThanOrEqual(4096);
  expect(Number(entries["worker-rlimit-nofile"])).toBeGreaterThan(2 * Number(entries["worker-connections"]));
  expect(entries["proxy-max-temp-file-size"]).toBe("0");
});

describe("the name by which a CDN finds it", () => {
  const dns = {
    records: route53Records,
    domains: ["example.com"],
    excluded: [],
    ingressNames: ["origin.example.com"],
  } as const;
  const hostName = "external-dns.alpha.kubernetes.io/hostname";

  test("gets its record by the Service", async () => {
    const { controller } = await controllerOf({ cloud: clouds.eks }, dns);
    expect(controller.service.annotations[hostName]).toBe("origin.example.com");
  });

  test("is not asked for where nobody keeps records", async () => {
    const { controller } = await controllerOf({ settings: { without: ["dns"] } }, dns);
    expect(controller.service.annotations).not.toHaveProperty([hostName]);
  });
});
