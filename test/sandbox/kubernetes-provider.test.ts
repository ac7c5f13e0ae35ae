import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { delimiter, dirname, join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { cachePaths } from "../../cli/cache";
import { silentReporter } from "../../cli/reporter";
import type { ClusterIdentity, ClusterManager } from "../../sandbox/cluster/types";
import { type KubernetesOptions, kubernetesStandIn } from "../../sandbox/providers/kubernetes";
import { ApiClient } from "../../sandbox/providers/kubernetes/api";
import { permissiveLabel } from "../../sandbox/providers/kubernetes/definitions";
import { noDigests } from "../../sandbox/providers/kubernetes/digests";
import { at, type Json, type JsonObject, listAt, textAt } from "../../sandbox/providers/kubernetes/json";
import { fieldManager } from "../../sandbox/providers/kubernetes/manifest";
import { isRecorded } from "../../sandbox/providers/kubernetes/recorded";
import { simulatedClusters } from "../../simulation/clusters";
import { ensureTools, toolNames } from "../../toolchain";
import { Engine } from "./engine";
import { runFolder } from "./run-folder";

jest.setTimeout(300_000);

const identity: ClusterIdentity = { cloud: "local", name: "provider" };
const folder = mkdtempSync(join(runFolder(), "provider-"));
let clusters: ClusterManager;
let kubeconfig: string;
let helm: string;
let api: ApiClient;
const engines: Engine[] = [];

beforeAll(async () => {
  process.env.AI_PLATFORM_TOOLS = cachePaths.tools();
  process.env.XDG_CACHE_HOME = join(folder, "cache");
  const tools = await ensureTools(toolNames, silentReporter);
  process.env.PATH = [...new Set(Object.values(tools).map(dirname)), process.env.PATH].join(delimiter);
  helm = tools.helm;
  clusters = simulatedClusters(tools, silentReporter);
  const { kubeconfigPath } = await clusters.start(identity, { version: "1.35" });
  const capacity = { cpu: "8", memory: "32Gi", pods: "110" };
  await clusters.applyNodePool(identity, {
    name: "laptop",
    count: 2,
    zones: [],
    region: "local",
    instanceTypes: [{ instanceType: "laptop", capacity, allocatable: capacity }],
    labels: {},
    taints: [],
  });
  kubeconfig = kubeconfigPath;
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigPath);
  api = new ApiClient(config);
});

afterAll(async () => {
  for (const engine of engines) {
    engine.close();
  }
  await clusters.remove(identity);
  rmSync(folder, { recursive: true, force: true });
});

async function engine(stack: string, options: Partial<KubernetesOptions> = {}): Promise<Engine> {
  const opened = await Engine.open(stack, [kubernetesStandIn({ helm, ...options })]);
  engines.push(opened);
  return opened;
}

type Declare = (options: pulumi.CustomResourceOptions, namespace: pulumi.Input<string>) => void;

/**
 * Holds the resources back until the engine has heard that the program is through: the SDK leaves a rejection unhandled
 * when a resource fails the run before that, and Jest takes it for a fault of the test.
 */
function afterProgram<T>(value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, 300, value));
}

/** A program with one provider and one namespace. */
function program(
  namespace: string,
  declare: Declare,
  settings: k8s.ProviderArgs = {},
): pulumi.automation.PulumiFn {
  return async () => {
    const provider = new k8s.Provider("cluster", {
      kubeconfig: afterProgram(kubeconfig),
      clusterIdentifier: "provider-test",
      enableConfigMapMutable: true,
      ...settings,
    });
    const made = new k8s.core.v1.Namespace("namespace", { metadata: { name: namespace } }, { provider });
    declare({ provider }, made.metadata.name);
  };
}

function changesOf({ operations }: { readonly operations: Readonly<Record<string, string>> }) {
  return Object.fromEntries(Object.entries(operations).filter(([, operation]) => operation !== "same"));
}

/** Changes an object as kubectl or a controller would: not by the provider's hand. */
function meddle(path: string, body: JsonObject): Promise<JsonObject> {
  return api.request("PATCH", path, {
    body,
    contentType: "application/merge-patch+json",
    query: { fieldManager: "somebody" },
  });
}

const pod = (app: string, cpu = "100m") => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: "main", image: "nginx:1.29", resources: { requests: { cpu } } }] },
});

function deployment(
  options: pulumi.CustomResourceOptions,
  namespace: pulumi.Input<string>,
  { name = "web", replicas = 1, cpu = "100m", timeout = "60" } = {},
): k8s.apps.v1.Deployment {
  return new k8s.apps.v1.Deployment(
    name,
    {
      metadata: { name, namespace, annotations: { "pulumi.com/timeoutSeconds": timeout } },
      spec: { replicas, selector: { matchLabels: { app: name } }, template: pod(name, cpu) },
    },
    options,
  );
}

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

describe("changes", () => {
  let stack: Engine;
  const settings = (level: string, annotations = {}) =>
    program("changes", (options, namespace) => {
      new k8s.core.v1.ConfigMap(
        "settings",
        { metadata: { name: "settings", namespace, annotations }, data: { level } },
        options,
      );
    });
  const path = "/api/v1/namespaces/changes/configmaps/settings";

  beforeAll(async () => {
    stack = await engine("changes");
    expect(await stack.up(settings("info"))).toMatchObject({ failed: false });
  });

  test("of mutable fields are made in place", async () => {
    const outcome = await stack.up(settings("debug"));
    expect(changesOf(outcome)).toEqual({ settings: "update" });
    expect(outcome.differences.settings).toEqual(["data.level"]);
    expect(textAt(await api.get(path), "data", "level")).toBe("debug");
  });

  test("of immutable fields replace, the old object first because of its name", async () => {
    const selecting = (app: string) =>
      program("changes", (options, namespace) => {
        new k8s.apps.v1.Deployment(
          "web",
          {
            metadata: { name: "web", namespace },
            spec: { selector: { matchLabels: { app } }, template: pod(app) },
          },
          options,
        );
      });
    await stack.up(selecting("one"));
    const outcome = await stack.up(selecting("two"));
    expect(outcome).toMatchObject({ failed: false });
    expect(outcome.differences.web).toContain("spec.selector.matchLabels.app");
    const live = await api.get("/apis/apps/v1/namespaces/changes/deployments/web");
    expect(textAt(live, "spec", "selector", "matchLabels", "app")).toBe("two");
  });

  test("by somebody else show in a preview, and are taken back only by force", async () => {
    await stack.up(settings("debug"));
    await meddle(path, { data: { level: "trace" } });
    const preview = await stack.preview(settings("debug"));
    expect(preview.failed).toBe(true);
    expect(preview.messages).toMatch(/conflict with "somebody".*\.data\.level/s);
    expect(preview.messages).toContain("pulumi.com/patchForce");

    const forced = settings("debug", { "pulumi.com/patchForce": "true" });
    expect((await stack.preview(forced)).differences.settings).toContain("data.level");
    expect(await stack.up(forced)).toMatchObject({ failed: false });
    expect(textAt(await api.get(path), "data", "level")).toBe("debug");
  });

  test("by somebody else come into the state by a refresh", async () => {
    await meddle(path, { data: { level: "trace" } });
    const refreshed = await stack.refresh();
    expect(changesOf(refreshed)).toMatchObject({ settings: "update" });
    expect(refreshed.differences.settings).toEqual(["data.level"]);
    expect(stack.state()).toContain('"level": "trace"');
  });

  test("of ignored fields are left alone", async () => {
    const scaled = program("changes", (options, namespace) => {
      deployment({ ...options, ignoreChanges: ["spec.replicas"] }, namespace, { name: "scaled" });
    });
    await stack.up(scaled);
    const scaledPath = "/apis/apps/v1/namespaces/changes/deployments/scaled";
    await meddle(scaledPath, { spec: { replicas: 3 } });
    expect(changesOf(await stack.up(scaled))).toEqual({});
    expect(at(await api.get(scaledPath), "spec", "replicas")).toBe(3);
  });

  test("to an object that is gone are found by a refresh", async () => {
    await stack.up(settings("info"));
    await api.request("DELETE", path);
    expect(changesOf(await stack.refresh())).toMatchObject({ settings: "delete" });
    expect(changesOf(await stack.up(settings("info")))).toEqual({ settings: "create" });
  });
});

describe("refusals", () => {
  test("name the field that no schema knows, already in a preview", async () => {
    const stack = await engine("strict");
    const outcome = await stack.preview(
      program("default", (options) => {
        new k8s.apiextensions.CustomResource(
          "typo",
          {
            apiVersion: "apps/v1",
            kind: "Deployment",
            metadata: { name: "typo", namespace: "not-there-yet" },
            spec: { replica: 3, selector: { matchLabels: { app: "typo" } }, template: pod("typo") },
          },
          options,
        );
      }),
    );
    expect(outcome.failed).toBe(true);
    expect(outcome.messages).toMatch(/Deployment .*typo.*\.spec\.replica\b/s);
  });

  test("name the kinds that may have been meant", async () => {
    const stack = await engine("near-miss");
    const outcome = await stack.preview(
      program("near-miss", (options, namespace) => {
        new k8s.apiextensions.CustomResource(
          "typo",
          { apiVersion: "apps/v1", kind: "Deploymnt", metadata: { name: "typo", namespace } },
          options,
        );
      }),
    );
    expect(outcome.messages).toContain("serves no apps/v1 Deploymnt; did you mean apps/v1 Deployment");
  });

  test("keep a create from taking over somebody else's object, but not what a killed run left", async () => {
    const stack = await engine("adoption");
    const declared = program("adoption", (options, namespace) => {
      new k8s.core.v1.ConfigMap("mine", { metadata: { name: "mine", namespace }, data: { a: "1" } }, options);
    });
    await stack.up(program("adoption", () => undefined));
    const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "mine" }, data: { a: "0" } };
    const path = "/api/v1/namespaces/adoption/configmaps/mine";
    const applyAs = (manager: string) =>
      api.request("PATCH", path, {
        body: object,
        contentType: "application/apply-patch+yaml",
        query: { fieldManager: manager },
      });

    await applyAs("somebody");
    expect((await stack.up(declared)).messages).toContain("exists already and belongs to somebody");

    await api.request("DELETE", path);
    await applyAs(
      fieldManager("urn:pulumi:adoption::provider-test::kubernetes:core/v1:ConfigMap::mine", object),
    );
    expect(await stack.up(declared)).toMatchObject({ failed: false, operations: { mine: "create" } });
    expect(textAt(await api.get(path), "data", "a")).toBe("1");
  });

  test("of provider settings name what is known", async () => {
    const stack = await engine("settings");
    const outcome = await stack.preview(
      program("settings", () => undefined, { renderYamlToDirectory: "manifests" }),
    );
    expect(outcome.messages).toContain("does not offer renderYamlToDirectory");
  });
});

describe("readiness", () => {
  test("that does not come is told with its cause, kept in state, and waited for by the next up", async () => {
    const stack = await engine("readiness");
    const web = (cpu: string) =>
      program(
        "readiness",
        (options, namespace) => void deployment(options, namespace, { cpu, timeout: "4" }),
      );
    const outcome = await stack.up(web("1000"));
    expect(outcome.failed).toBe(true);
    expect(outcome.messages).toContain("Deployment readiness/web was created, but did not become ready");
    expect(outcome.messages).toMatch(/0 of 1 replicas.*Unschedulable.*Insufficient cpu/s);
    expect(stack.state()).toContain('"initErrors"');
    expect((await stack.refresh()).messages).toContain(
      "Deployment readiness/web is not ready: 0 of 1 replicas",
    );
    expect(stack.state()).toContain('"initErrors"');

    const repaired = await stack.up(web("100m"));
    expect(repaired).toMatchObject({ failed: false, operations: { web: "update" } });
    expect(stack.state()).not.toContain('"initErrors"');
  });
});

describe("a failed Job", () => {
  test("fails its run, and is replaced when it asks for that", async () => {
    const stack = await engine("jobs");
    const job = (cpu: string) =>
      program("jobs", (options, namespace) => {
        const annotations = { "pulumi.com/replaceUnready": "true" };
        new k8s.batch.v1.Job(
          "once",
          {
            metadata: { name: "once", namespace, annotations },
            spec: {
              activeDeadlineSeconds: 3,
              template: { spec: { ...pod("once", cpu).spec, restartPolicy: "Never" } },
            },
          },
          options,
        );
      });
    expect((await stack.up(job("1000"))).messages).toContain("the job failed: DeadlineExceeded");
    const preview = await stack.preview(job("1000"));
    expect(preview.differences.once).toEqual(['metadata.annotations["pulumi.com/replaceUnready"]']);
    expect(await stack.up(job("100m"))).toMatchObject({ failed: false, messages: "" });
    expect(changesOf(await stack.up(job("100m")))).toEqual({});
  });
});

describe("providers", () => {
  test("are told apart although one server serves them", async () => {
    const stack = await engine("two-providers");
    const outcome = await stack.up(async () => {
      for (const name of ["left", "right"]) {
        const provider = new k8s.Provider(name, { kubeconfig, clusterIdentifier: "same", namespace: name });
        const namespace = new k8s.core.v1.Namespace(
          `${name}-namespace`,
          { metadata: { name } },
          { provider },
        );
        new k8s.core.v1.ConfigMap(
          `${name}-settings`,
          { metadata: { name: "settings" }, data: { name } },
          { provider, dependsOn: [namespace] },
        );
      }
    });
    expect(outcome).toMatchObject({ failed: false });
    for (const name of ["left", "right"]) {
      const settings = await api.get(`/api/v1/namespaces/${name}/configmaps/settings`);
      expect(textAt(settings, "data", "name")).toBe(name);
    }
  });
});

describe("custom resources without a definition", () => {
  const resource = (kind: string, spec: object) =>
    program("custom", (options, namespace) => {
      new k8s.apiextensions.CustomResource(
        kind.toLowerCase(),
        { apiVersion: "custom.example.com/v1", kind, metadata: { name: "one", namespace }, spec },
        options,
      );
    });
  const definitions = join(folder, "definitions");

  beforeAll(() => {
    mkdirSync(definitions);
    writeFileSync(
      join(definitions, "gadgets.yaml"),
      `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: gadgets.custom.example.com}
spec:
  group: custom.example.com
  scope: Namespaced
  names: {kind: Gadget, plural: gadgets}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, properties: {size: {type: integer}}}}
`,
    );
  });

  test("get the real one from the folder, which checks them", async () => {
    const stack = await engine("gadgets", { definitions });
    expect((await stack.up(resource("Gadget", { sizes: 3 }))).messages).toContain(".spec.sizes");
    expect(await stack.up(resource("Gadget", { size: 3 }))).toMatchObject({ failed: false, messages: "" });
    expect(await permissive("Gadget")).toEqual([""]);
    await stack.destroy();
  });

  test("get one that accepts everything and says so, but not in a preview", async () => {
    const stack = await engine("gizmos", { definitions });
    const gizmo = resource("Gizmo", { anything: ["goes"] });
    expect(await stack.preview(gizmo)).toMatchObject({ failed: false, messages: "" });
    expect(await permissive("Gizmo")).toEqual([]);
    expect(await stack.up(gizmo)).toMatchObject({ failed: false, messages: "" });
    expect(await permissive("Gizmo")).toEqual(["true"]);
  });

  /** Of each definition of this kind, whether it says that it accepts everything. */
  async function permissive(kind: string): Promise<readonly string[]> {
    const all = await api.get("/apis/apiextensions.k8s.io/v1/customresourcedefinitions");
    return listAt(all, "items")
      .filter((one) => textAt(one, "spec", "names", "kind") === kind)
      .map((one) => textAt(one, "metadata", "labels", permissiveLabel));
  }
});

describe("Helm releases", () => {
  const charts = join(folder, "charts");

  beforeAll(() => mkdirSync(charts));

  function offerChart(): void {
    mkdirSync(join(charts, "greeter", "templates"), { recursive: true });
    writeFileSync(
      join(charts, "greeter", "Chart.yaml"),
      "apiVersion: v2\nname: greeter\nversion: 1.2.3\nappVersion: '9'\n",
    );
    writeFileSync(
      join(charts, "greeter", "templates", "settings.yaml"),
      `apiVersion: v1
kind: ConfigMap
metadata: {name: "{{ .Release.Name }}"}
data: {greeting: "{{ .Values.greeting }}"}
`,
    );
  }

  const release = (args: Partial<k8s.helm.v3.ReleaseArgs>) =>
    program("helm", (options, namespace) => {
      new k8s.helm.v3.Release(
        "greeter",
        {
          name: "greeter",
          chart: "greeter",
          namespace,
          version: "1.2.3",
          repositoryOpts: { repo: "http://127.0.0.1:9/charts" },
          ...args,
        },
        options,
      );
    });
  const path = "/api/v1/namespaces/helm/configmaps/greeter";

  test("are recorded, and say so, when the chart cannot be had; installed once it can", async () => {
    const stack = await engine("helm-recorded", { charts });
    const greeter = release({ values: { greeting: "hello" } });
    const recorded = await stack.up(greeter);
    expect(recorded).toMatchObject({ failed: false });
    expect(recorded.messages).toContain("recorded, not installed: http://127.0.0.1:9/charts does not answer");
    expect(stack.state()).toContain('"status": "recorded"');
    expect(await api.find(path)).toBeUndefined();
    expect(changesOf(await stack.up(greeter))).toEqual({});

    offerChart();
    expect(changesOf(await stack.up(greeter))).toEqual({ greeter: "update" });
    expect(textAt(await api.get(path), "data", "greeting")).toBe("hello");
    expect(stack.state()).toContain('"status": "deployed"');
    expect(await stack.destroy()).toMatchObject({ failed: false });
    expect(await api.find(path)).toBeUndefined();
  });

  test("are installed from a chart folder, upgraded, and uninstalled", async () => {
    offerChart();
    const stack = await engine("helm-installed", { charts });
    const hello = release({ values: { greeting: "hello" } });
    expect(await stack.up(hello)).toMatchObject({ failed: false, messages: "" });
    expect(textAt(await api.get(path), "data", "greeting")).toBe("hello");
    expect(changesOf(await stack.up(hello))).toEqual({});

    const upgraded = await stack.up(release({ values: { greeting: "good day" } }));
    expect(changesOf(upgraded)).toEqual({ greeter: "update" });
    expect(textAt(await api.get(path), "data", "greeting")).toBe("good day");
    expect((await stack.refresh()).differences.greeter).toEqual([]);

    const wrong = await stack.up(release({ version: "1.2.4" }));
    expect(wrong).toMatchObject({ failed: true });
    expect(wrong.messages).toContain("holds greeter 1.2.3, not 1.2.4");
    expect(await stack.destroy()).toMatchObject({ failed: false });
    expect(await api.find(path)).toBeUndefined();
  });

  test("of a version that its repository does not have fail, and say which one was asked for", async () => {
    const repository = createServer((_, response) => {
      response.end(`apiVersion: v1
entries:
  greeter:
    - {apiVersion: v2, name: greeter, version: 1.2.3, urls: [greeter-1.2.3.tgz]}
`);
    });
    await new Promise<void>((listening) => repository.listen(0, "127.0.0.1", listening));
    const address = repository.address();
    const repo = `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`;
    try {
      const stack = await engine("helm-version", {});
      const asked = await stack.up(release({ version: "9.9.9", repositoryOpts: { repo } }));
      expect(asked).toMatchObject({ failed: true });
      expect(asked.messages).toContain(`the chart greeter 9.9.9 is not available from ${repo}`);
      expect(await stack.destroy()).toMatchObject({ failed: false });
    } finally {
      await new Promise((closed) => repository.close(closed));
    }
  });

  test("of an archive that is not the locked one fail, and name the chart and both digests", async () => {
    const mirror = join(folder, "archives");
    mkdirSync(mirror);
    writeFileSync(join(mirror, "greeter-1.2.3.tgz"), "not what was reviewed");
    const locked = `sha256:${"1".repeat(64)}`;
    const stack = await engine("helm-digest", {
      charts: mirror,
      digests: {
        ...noDigests,
        chart: (name, version) => (`${name} ${version}` === "greeter 1.2.3" ? [locked] : []),
      },
    });
    const refused = await stack.up(release({}));
    expect(refused).toMatchObject({ failed: true });
    expect(refused.messages).toContain("the chart greeter 1.2.3 from");
    expect(refused.messages).toContain(`and the lock has ${locked}`);
    expect(await stack.destroy()).toMatchObject({ failed: false });
  });

  test("from a mirror's folder that is not there fail, and name the archive that was looked for", async () => {
    const stack = await engine("helm-mirror", {});
    const chart = join(folder, "no-mirror", "greeter-1.2.3.tgz");
    const mirrored = await stack.up(
      program("helm", (options, namespace) => {
        new k8s.helm.v3.Release("greeter", { name: "greeter", chart, namespace, version: "1.2.3" }, options);
      }),
    );
    expect(mirrored).toMatchObject({ failed: true });
    expect(mirrored.messages).toContain(`there is no chart ${chart}`);
    expect(await stack.destroy()).toMatchObject({ failed: false });
  });
});

describe("manifests", () => {
  const charts = join(folder, "mirror");
  const file = join(folder, "operator.yaml");
  const manifest = (size: string) => `apiVersion: operator.example.com/v1
kind: Sprocket
metadata: {name: first, namespace: operator-system}
spec: {size: ${size}}
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Namespace, metadata: {name: operator-system}}
  - {apiVersion: v1, kind: Secret, metadata: {name: key, namespace: operator-system}, stringData: {key: open sesame}}
  - {apiVersion: v1, kind: ConfigMap, metadata: {name: operator-settings}, data: {size: "${size}"}}
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: sprockets.operator.example.com}
spec:
  group: operator.example.com
  scope: Namespaced
  names: {kind: Sprocket, plural: sprockets}
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties: {spec: {type: object, properties: {size: {type: integer}}}}
`;
  const sprocket = "/apis/operator.example.com/v1/namespaces/operator-system/sprockets/first";
  const definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/sprockets.operator.example.com";

  /** A manifest, and an object that needs the namespace and the definition which the manifest brings. */
  const operator = (file: string, options: pulumi.ComponentResourceOptions = {}) =>
    program("manifests", ({ provider }) => {
      const installed = new k8s.yaml.v2.ConfigFile("operator", { file }, { ...options, provider });
      new k8s.apiextensions.CustomResource(
        "dependent",
        {
          apiVersion: "operator.example.com/v1",
          kind: "Sprocket",
          metadata: { name: "second", namespace: "operator-system" },
          spec: { size: 1 },
        },
        { provider, dependsOn: [installed] },
      );
    });

  /** What state says of one resource, by its logical name. */
  function stored(stack: Engine, name: string): Json | undefined {
    const resources = listAt(JSON.parse(stack.state()), "checkpoint", "latest", "resources");
    return resources.find((resource) => textAt(resource, "urn").endsWith(`::${name}`));
  }

  test("become a resource for each object, live with their file, and go with the component", async () => {
    const stack = await engine("manifest-file");
    writeFileSync(file, manifest("3"));
    const children = {
      operator: "create",
      "operator:default/operator-settings": "create",
      "operator:operator-system": "create",
      "operator:operator-system/first": "create",
      "operator:operator-system/key": "create",
      "operator:sprockets.operator.example.com": "create",
    };
    const preview = await stack.preview(operator(file));
    expect(preview).toMatchObject({ failed: false, messages: "" });
    expect(await stack.up(operator(file))).toMatchObject({
      failed: false,
      messages: "",
      operations: children,
    });
    expect(at(await api.get(sprocket), "spec", "size")).toBe(3);
    expect(textAt(await api.get(definition), "metadata", "labels", permissiveLabel)).toBe("");
    expect(stack.state()).not.toContain("open sesame");
    expect(changesOf(await stack.up(operator(file)))).toEqual({});
    expect(changesOf(await stack.refresh())).toEqual({});

    writeFileSync(file, manifest("4"));
    expect(changesOf(await stack.up(operator(file)))).toEqual({
      "operator:default/operator-settings": "update",
      "operator:operator-system/first": "update",
    });
    expect(await stack.destroy()).toMatchObject({ failed: false });
    expect(await api.find(definition)).toBeUndefined();
    expect(await api.find("/api/v1/namespaces/default/configmaps/operator-settings")).toBeUndefined();
  });

  test("hand the component's options on to their objects", async () => {
    const stack = await engine("manifest-options");
    writeFileSync(file, manifest("3"));
    const labelled: pulumi.ResourceTransform = ({ type, props, opts }) =>
      type === "kubernetes:core/v1:ConfigMap"
        ? { props: { ...props, metadata: { ...props.metadata, labels: { team: "data" } } }, opts }
        : undefined;
    expect(await stack.up(operator(file, { protect: true, transforms: [labelled] }))).toMatchObject({
      failed: false,
      messages: "",
    });
    const settings = await api.get("/api/v1/namespaces/default/configmaps/operator-settings");
    expect(textAt(settings, "metadata", "labels", "team")).toBe("data");
    expect(stored(stack, "operator:operator-system/first")).toMatchObject({ protect: true });

    expect(await stack.up(operator(file))).toMatchObject({ failed: false });
    expect(await stack.destroy()).toMatchObject({ failed: false });
  });

  test("are recorded, and say so, when they cannot be had; installed once they can", async () => {
    const stack = await engine("manifest-recorded", { charts });
    const address = "http://127.0.0.1:4/operator/v1/sprocket-operator.yaml";
    const orphan = program("manifests", ({ provider }, namespace) => {
      new k8s.yaml.v2.ConfigFile("operator", { file: address }, { provider });
      new k8s.apiextensions.CustomResource(
        "sprocket",
        { apiVersion: "operator.example.com/v1", kind: "Sprocket", metadata: { name: "mine", namespace } },
        { provider },
      );
    });
    const recorded = await stack.up(orphan);
    expect(recorded).toMatchObject({ failed: false });
    expect(recorded.messages).toContain(
      `recorded, not installed: ${new URL(address).origin} does not answer`,
    );
    expect(isRecorded(at(stored(stack, "operator"), "outputs"))).toBe(true);
    expect(textAt(await api.get(definition), "metadata", "labels", permissiveLabel)).toBe("true");
    expect(changesOf(await stack.up(orphan))).toEqual({});

    mkdirSync(join(charts, "manifests"), { recursive: true });
    writeFileSync(join(charts, "manifests", "sprocket-operator.yaml"), manifest("3"));
    const installed = await stack.up(orphan);
    expect(installed).toMatchObject({ failed: false, messages: "" });
    expect(installed.operations["operator:sprockets.operator.example.com"]).toBe("create");
    expect(isRecorded(at(stored(stack, "operator"), "outputs"))).toBe(false);
    const real = await api.get(definition);
    expect(textAt(real, "metadata", "labels", permissiveLabel)).toBe("");
    expect(
      at(real, "spec", "versions", 0, "schema", "openAPIV3Schema", "x-kubernetes-preserve-unknown-fields"),
    ).toBeUndefined();
    expect(changesOf(await stack.up(orphan))).toEqual({});
    expect(await stack.destroy()).toMatchObject({ failed: false });
    expect(await api.find(definition)).toBeUndefined();
  });
});
