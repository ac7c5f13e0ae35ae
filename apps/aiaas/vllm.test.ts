import { pods } from "../../infra/network/edge";
import { build, container, production, systems } from "../../test/support/aiaas/built";
import { clouds } from "../../test/support/recorded/objects";

describe("vLLM (B2, 002)", () => {
  test("has two replicas with a card each in the namespace of all environments, scaled by hand", () => {
    const { found, objects } = production;
    expect(found("Deployment", "vllm")).toMatchObject({
      metadata: { namespace: "system" },
      spec: {
        replicas: 2,
        strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
        template: {
          spec: {
            nodeSelector: { "ai-platform/pool": "gpu" },
            tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
            securityContext: { runAsNonRoot: true },
          },
        },
      },
    });
    expect(found("Deployment", "vllm", `${container}.resources`)).toMatchObject({
      requests: { cpu: "8", memory: "64Gi", "nvidia.com/gpu": "1" },
      limits: { cpu: "14", memory: "128Gi", "nvidia.com/gpu": "1" },
    });
    const scaled = objects.filter(({ kind }) => kind === "HorizontalPodAutoscaler");
    expect(JSON.stringify(scaled)).not.toContain("vllm");
  });

  test("serves the stack's model, takes half an hour to load it, and keeps it on a volume of its own", () => {
    const { found } = production;
    expect(found("Deployment", "vllm", container)).toMatchObject({
      image: expect.stringMatching(/^docker\.io\/vllm\/vllm-openai:v\d+\.\d+\.\d+-cu\d+$/),
      command: ["vllm", "serve"],
      args: ["openai/gpt-oss-120b", "--config", "/etc/vllm/config.yaml", "--port", "8000"],
      startupProbe: { httpGet: { path: "/health" }, periodSeconds: 10, failureThreshold: 180 },
    });
    expect(found("Deployment", "vllm", "spec.template.spec.volumes")).toEqual(
      expect.arrayContaining([
        { name: "dev-shm", emptyDir: { medium: "Memory", sizeLimit: "16Gi" } },
        {
          name: "cache",
          ephemeral: {
            volumeClaimTemplate: {
              spec: {
                accessModes: ["ReadWriteOnce"],
                storageClassName: "standard",
                resources: { requests: { storage: "200Gi" } },
              },
            },
          },
        },
      ]),
    );
  });

  test("reports no usage, and calls Hugging Face alone", () => {
    expect(production.found("Deployment", "vllm", `${container}.env`)).toEqual(
      expect.arrayContaining([
        { name: "VLLM_NO_USAGE_STATS", value: "1" },
        { name: "DO_NOT_TRACK", value: "1" },
        { name: "HF_HUB_DISABLE_TELEMETRY", value: "1" },
      ]),
    );
    expect(production.called("vllm")).toEqual(["internet"]);
  });

  test("its owner hands the key to each environment on the cluster, and lets its router call (D3)", () => {
    const clients = production.objects.filter(({ logicalName }) => logicalName.endsWith("-vllm-client"));
    expect(clients.map(({ logicalName }) => logicalName).sort()).toEqual([
      "secrets-development-vllm-client",
      "secrets-production-vllm-client",
      "secrets-staging-vllm-client",
    ]);
    for (const namespace of ["development", "production", "staging"]) {
      expect(production.site.network.edges).toContainEqual({
        from: pods(namespace, "api-router", { app: "api-router" }),
        to: pods("system", "vllm", { app: "vllm" }),
        ports: [8000],
      });
    }
  });

  test("a guest on the cluster calls the owner's, and makes neither it nor its key (D3)", async () => {
    const { objects, found, called } = await build({
      environment: "staging",
      systems: systems({}),
      owned: false,
    });
    const names = objects.map(({ logicalName }) => logicalName).join("\n");
    expect(names).not.toContain("vllm");
    expect(called("api-router")).toContain("system/vllm: 8000");
    expect(found("Deployment", "api-router", "spec.template.spec.volumes")).toContainEqual({
      name: "etc-secrets-vllm",
      secret: {
        secretName: "vllm-client",
        defaultMode: 0o440,
        items: [{ key: "api-key", path: "api-key" }],
      },
    });
  });

  test("without cards there is none, and no service calls it", async () => {
    const { objects } = await build({
      systems: systems({}),
      environment: "development",
      cloud: clouds.local,
    });
    expect(JSON.stringify(objects)).not.toContain("vllm");
  });
});
