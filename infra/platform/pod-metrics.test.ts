import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { clouds } from "../../test/support/recorded/objects";
import { recordService } from "../../test/support/recorded/service";
import type { SiteChanges } from "../../test/support/recorded/site";
import { podMetrics } from "./autoscaling-metrics";
import { CustomMetrics } from "./custom-metrics";
import { PodMetrics } from "./pod-metrics";
import { VerticalAutoscaling } from "./vertical-autoscaling";

function record(changes: SiteChanges) {
  return recordService((site) => {
    const certificates = new CustomResource("issuer", {
      apiVersion: "cert-manager.io/v1",
      kind: "ClusterIssuer",
    });
    new PodMetrics("pod-metrics", { site, certificates });
    new CustomMetrics("custom-metrics", { site, certificates });
    new VerticalAutoscaling("vertical-autoscaling", { site, certificates });
  }, changes);
}

describe("metrics-server", () => {
  test("trusts kubelets by their certificates on EKS, and not at all where they sign their own", async () => {
    const args = async (kind: "eks" | "lke") =>
      (await record({ cloud: clouds[kind] })).release("metrics-server").values.args;
    expect(await args("eks")).toEqual([]);
    expect(await args("lke")).toEqual(["--kubelet-insecure-tls"]);
  });

  test("is itself known to the API server by a certificate", async () => {
    const { release } = await record({ cloud: clouds.eks });
    expect(release("metrics-server").values).toMatchObject({
      tls: { type: "cert-manager" },
      apiService: { insecureSkipTLSVerify: false },
    });
  });

  test("reaches the kubelets", async () => {
    const { edges } = await record({ cloud: clouds.eks });
    expect(edges).toContain("platform-system/metrics-server -> nodes: 10250");
    expect(edges).toContain("api-server -> platform-system/metrics-server: 10250");
  });
});

describe("the metrics of pods that autoscalers may ask for (P14)", () => {
  test("each have a rule of their own, and there are no others", async () => {
    const { release } = await record({ cloud: clouds.eks });
    const { rules } = release("prometheus-adapter").values;
    expect(rules).toMatchObject({ default: false, external: [] });
    expect(rules.custom.map((rule: { name: { as: string } }) => rule.name.as)).toEqual(
      podMetrics.map(({ name }) => name),
    );
    expect(new Set(podMetrics.map(({ name }) => name)).size).toBe(podMetrics.length);
  });

  test("are an increase per second of counters, and gauges as they are", async () => {
    const { release } = await record({ cloud: clouds.eks });
    const custom: readonly { readonly metricsQuery: string; readonly seriesQuery: string }[] =
      release("prometheus-adapter").values.rules.custom;
    for (const [index, { series, kind }] of podMetrics.entries()) {
      expect(custom[index]?.seriesQuery).toBe(`${series}{namespace!="",pod!=""}`);
      expect(custom[index]?.metricsQuery.includes("rate(")).toBe(kind === "counter");
      expect(custom[index]?.metricsQuery).toContain("<<.GroupBy>>");
    }
  });

  test("come from the Prometheus of the cluster, where the policies let the adapter in", async () => {
    const { release, edges } = await record({ cloud: clouds.eks });
    expect(release("prometheus-adapter").values.prometheus).toEqual({
      url: "http://prometheus-operated.monitoring.svc",
      port: 9090,
    });
    expect(edges).toContain("platform-system/prometheus-adapter -> monitoring/prometheus: 9090");
  });
});

describe("the vertical pod autoscaler", () => {
  test("acts on its recommendations where pods come in replicas", async () => {
    const { release, edges } = await record({ cloud: clouds.eks });
    expect(release("vertical-pod-autoscaler").values).toMatchObject({
      recommender: { enabled: true, replicas: 2 },
      updater: { enabled: true },
      admissionController: { enabled: true, certGen: { enabled: false }, certManager: { enabled: true } },
    });
    expect(edges).toContain(
      "api-server -> platform-system/vertical-pod-autoscaler-admission-controller: 8000",
    );
  });

  test("only recommends where they do not", async () => {
    const { release, edges } = await record({ cloud: clouds.local, settings: { availability: "single" } });
    expect(release("vertical-pod-autoscaler").values).toMatchObject({
      recommender: { enabled: true, replicas: 1, podDisruptionBudget: { enabled: false } },
      updater: { enabled: false },
      admissionController: { enabled: false },
    });
    expect(edges.filter((edge) => edge.includes("updater"))).toEqual([]);
  });

  test("never keeps a pod from starting", async () => {
    const { release } = await record({ cloud: clouds.eks });
    const { admissionController } = release("vertical-pod-autoscaler").values;
    expect(admissionController.mutatingWebhookConfiguration.failurePolicy).toBe("Ignore");
  });
});
