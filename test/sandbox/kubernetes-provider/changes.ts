import * as k8s from "@pulumi/kubernetes";
import { at, type JsonObject, textAt } from "../../../sandbox/providers/kubernetes/json";
import { fieldManager } from "../../../sandbox/providers/kubernetes/manifest";
import type { Engine } from "../engine";
import { api, changesOf, deployment, engine, kubeconfig, pod, program } from "./cluster";

/** Changes an object as kubectl or a controller would: not by the provider's hand. */
function meddle(path: string, body: JsonObject): Promise<JsonObject> {
  return api.patch(path, body, { fieldManager: "somebody" });
}

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
    await api.delete(path);
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
    const applyAs = (manager: string) => api.apply(path, object, { fieldManager: manager });

    await applyAs("somebody");
    expect((await stack.up(declared)).messages).toContain("exists already and belongs to somebody");

    await api.delete(path);
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
