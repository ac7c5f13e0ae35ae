import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { api, changesOf, deployment, engine, pod, program } from "./cluster";

describe("objects of every kind", () => {
  const everything = program("every-kind", (options, namespace) => {
    const metadata = (name: string) => ({ name, namespace });
    const labels = { app: "web" };
    const role = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" };
    const rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }];
    const once = { spec: { restartPolicy: "Never", containers: [{ name: "main", image: "busybox:1" }] } };

    new k8s.storage.v1.StorageClass(
      "class",
      {
        metadata: { name: "every-kind" },
        provisioner: "ebs.csi.aws.com",
        parameters: { type: "gp3" },
        volumeBindingMode: "WaitForFirstConsumer",
      },
      options,
    );
    new k8s.scheduling.v1.PriorityClass(
      "priority",
      { metadata: { name: "every-kind" }, value: 1000 },
      options,
    );
    new k8s.core.v1.ResourceQuota(
      "quota",
      { metadata: metadata("quota"), spec: { hard: { "requests.cpu": "100", pods: "1000" } } },
      options,
    );
    new k8s.core.v1.LimitRange(
      "limits",
      {
        metadata: metadata("limits"),
        spec: { limits: [{ type: "Container", defaultRequest: { cpu: "10m" }, default: { cpu: "1000m" } }] },
      },
      options,
    );
    new k8s.networking.v1.NetworkPolicy(
      "policy",
      { metadata: metadata("deny"), spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } },
      options,
    );
    new k8s.core.v1.ServiceAccount("account", { metadata: metadata("web") }, options);
    new k8s.rbac.v1.Role("role", { metadata: metadata("reader"), rules }, options);
    new k8s.rbac.v1.RoleBinding(
      "binding",
      {
        metadata: metadata("reader"),
        roleRef: role,
        subjects: [{ kind: "ServiceAccount", name: "web", namespace: "every-kind" }],
      },
      options,
    );
    new k8s.core.v1.ConfigMap("settings", { metadata: { namespace }, data: { level: "info" } }, options);
    new k8s.core.v1.Secret(
      "secret",
      { metadata: metadata("secret"), stringData: { password: pulumi.secret("correct horse") } },
      options,
    );
    const web = deployment(options, namespace, { replicas: 2, cpu: "1000m" });
    new k8s.core.v1.Service(
      "service",
      { metadata: metadata("web"), spec: { selector: labels, ports: [{ port: 80 }] } },
      { ...options, dependsOn: [web] },
    );
    new k8s.apps.v1.StatefulSet(
      "stateful",
      {
        metadata: metadata("stateful"),
        spec: {
          serviceName: "stateful",
          replicas: 2,
          selector: { matchLabels: { app: "stateful" } },
          template: pod("stateful"),
        },
      },
      options,
    );
    new k8s.apps.v1.DaemonSet(
      "daemon",
      {
        metadata: metadata("daemon"),
        spec: { selector: { matchLabels: { app: "daemon" } }, template: pod("daemon") },
      },
      options,
    );
    new k8s.batch.v1.Job("job", { metadata: metadata("job"), spec: { template: once } }, options);
    new k8s.batch.v1.CronJob(
      "cron",
      {
        metadata: metadata("cron"),
        spec: { schedule: "0 2 * * *", jobTemplate: { spec: { template: once } } },
      },
      options,
    );
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      "autoscaler",
      {
        metadata: metadata("web"),
        spec: {
          minReplicas: 2,
          maxReplicas: 4,
          scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
          metrics: [
            {
              type: "Resource",
              resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
            },
          ],
        },
      },
      options,
    );
    new k8s.policy.v1.PodDisruptionBudget(
      "budget",
      { metadata: metadata("web"), spec: { minAvailable: 1, selector: { matchLabels: labels } } },
      options,
    );
    new k8s.networking.v1.IngressClass(
      "ingress-class",
      { metadata: { name: "every-kind" }, spec: { controller: "example.com/controller" } },
      options,
    );
    new k8s.networking.v1.Ingress(
      "ingress",
      {
        metadata: { ...metadata("web"), annotations: { "pulumi.com/skipAwait": "true" } },
        spec: {
          ingressClassName: "every-kind",
          rules: [
            {
              host: "web.example.com",
              http: {
                paths: [
                  {
                    path: "/",
                    pathType: "Prefix",
                    backend: { service: { name: "web", port: { number: 80 } } },
                  },
                ],
              },
            },
          ],
        },
      },
      options,
    );
    new k8s.core.v1.PersistentVolumeClaim(
      "claim",
      {
        metadata: metadata("claim"),
        spec: {
          accessModes: ["ReadWriteOnce"],
          storageClassName: "every-kind",
          resources: { requests: { storage: "10Gi" } },
        },
      },
      options,
    );
    const definition = new k8s.apiextensions.v1.CustomResourceDefinition(
      "definition",
      {
        metadata: { name: "widgets.every-kind.example.com" },
        spec: {
          group: "every-kind.example.com",
          scope: "Namespaced",
          names: { kind: "Widget", plural: "widgets" },
          versions: [
            {
              name: "v1",
              served: true,
              storage: true,
              schema: {
                openAPIV3Schema: {
                  type: "object",
                  properties: { spec: { type: "object", x_kubernetes_preserve_unknown_fields: true } },
                },
              },
            },
          ],
        },
      },
      options,
    );
    new k8s.apiextensions.CustomResource(
      "widget",
      {
        apiVersion: "every-kind.example.com/v1",
        kind: "Widget",
        metadata: metadata("widget"),
        spec: { size: 3 },
      },
      { ...options, dependsOn: [definition] },
    );
    new k8s.admissionregistration.v1.ValidatingWebhookConfiguration(
      "webhook",
      {
        metadata: { name: "every-kind" },
        webhooks: [
          {
            name: "widgets.example.com",
            admissionReviewVersions: ["v1"],
            sideEffects: "None",
            failurePolicy: "Ignore",
            clientConfig: { service: { name: "web", namespace: "every-kind" } },
            rules: [
              {
                apiGroups: ["every-kind.example.com"],
                apiVersions: ["v1"],
                operations: ["CREATE"],
                resources: ["widgets"],
              },
            ],
          },
        ],
      },
      options,
    );
  });

  test("come up, and are the same to a second up, to a preview and to a refresh", async () => {
    const stack = await engine("every-kind");
    expect(await stack.preview(everything)).toMatchObject({ failed: false, messages: "" });
    expect(await stack.up(everything)).toMatchObject({ failed: false, messages: "" });
    expect(changesOf(await stack.up(everything))).toEqual({});
    const refreshed = await stack.refresh();
    expect(refreshed).toMatchObject({ failed: false });
    expect(Object.values(refreshed.differences).flat()).toEqual([]);
    expect(changesOf(await stack.preview(everything))).toEqual({});

    const state = stack.state();
    expect(state).toContain('"name": "secret"');
    expect(state).not.toContain("correct horse");
    expect(state).not.toContain(Buffer.from("correct horse").toString("base64"));

    expect(await stack.destroy()).toMatchObject({ failed: false });
    expect(await api.find("/api/v1/namespaces/every-kind")).toBeUndefined();
    expect(await api.find("/apis/storage.k8s.io/v1/storageclasses/every-kind")).toBeUndefined();
  });
});
