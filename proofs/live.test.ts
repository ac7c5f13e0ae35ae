import { modelOf } from "../model/expand";
import { factsOfManifest } from "../model/facts/of-manifest";
import type { Manifest } from "../model/manifest";
import { Model, type ModelObject } from "../model/model";
import { readPlan } from "../model/read-plan";
import { today } from "../policies/day";
import { evidenceOf, object } from "../test/support/proofs/evidence";
import { proofs } from ".";
import { asItStands } from "./live";
import { faultsOf, prove } from "./prove";

/** An object as a cluster has it: nothing tells who made it. */
const standing = (one: ModelObject): ModelObject => ({
  ...one,
  origin: { by: "cluster" },
  system: "platform",
});

describe("a cluster as it stands", () => {
  const configMap = (name: string, namespace = "shop"): Manifest => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name, namespace },
  });
  const live = (...manifests: readonly Manifest[]): Model =>
    new Model(
      "test",
      manifests.map((manifest) =>
        standing({
          ...factsOfManifest(manifest),
          cluster: "aws",
          system: "",
          origin: { by: "cluster" },
          manifest,
        }),
      ),
    );
  const planned = evidenceOf(
    object("namespace", "v1", "Namespace", { metadata: { name: "shop" } }),
    object("settings", "v1", "ConfigMap", { metadata: { name: "settings", namespace: "shop" } }),
  ).model;
  const names = (model: Model) => model.objects.map(({ name, origin }) => `${origin.by}: ${name}`);
  const namespace: Manifest = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };

  test("is known by its makers, and what does not stand is not there", () => {
    expect(names(asItStands(planned, live(namespace, configMap("settings"))))).toEqual([
      "program: shop",
      "program: settings",
    ]);
    expect(names(asItStands(planned, live(namespace)))).toEqual(["program: shop"]);
  });

  test("has strangers in its namespaces, and no others'", () => {
    const strangers = [
      configMap("by-hand"),
      configMap("kube-root-ca.crt"),
      configMap("coredns", "kube-system"),
    ];
    expect(names(asItStands(planned, live(namespace, ...strangers)))).toEqual([
      "program: shop",
      "cluster: by-hand",
    ]);
  });

  test("has no strangers in claims that templates and pods make", () => {
    const inShop = (name: string, more: object = {}) => ({ metadata: { name, namespace: "shop", ...more } });
    const request = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } };
    const claim = (name: string, more: object = {}): Manifest => ({
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      ...inShop(name, more),
      spec: request,
    });
    const spec = {
      replicas: 1,
      template: {},
      volumeClaimTemplates: [{ metadata: { name: "data" }, spec: request }],
    };
    const store = object("store", "apps/v1", "StatefulSet", { ...inShop("store"), spec });
    const pod = { apiVersion: "v1", kind: "Pod", name: "till-1", uid: "1", controller: true };
    const standing = asItStands(
      evidenceOf(object("namespace", "v1", "Namespace", { metadata: { name: "shop" } }), store).model,
      live(
        namespace,
        { apiVersion: "apps/v1", kind: "StatefulSet", ...inShop("store"), spec },
        ...["data-store-0", "data-store-old", "other-store-0"].map((name) => claim(name)),
        claim("till-1-cache", { ownerReferences: [pod] }),
      ),
    );
    expect(names(standing)).toEqual([
      "program: shop",
      "program: store",
      "cluster: data-store-old",
      "cluster: other-store-0",
    ]);
  });

  test("is judged by the object that stands, not by the planned one", () => {
    const changed = { ...configMap("settings"), data: { other: "" } };
    expect(asItStands(planned, live(namespace, changed)).of("ConfigMap")).toMatchObject([
      { name: "settings", keys: ["other"] },
    ]);
  });
});

describe.each(["dev", "staging", "prod"])("the proofs over the clusters of %s", (stack) => {
  const plan = readPlan(stack);
  const planned = modelOf(plan);
  const releases = planned.objects.flatMap(({ origin }) => (origin.by === "chart" ? [origin.resource] : []));
  const own = planned.objects.filter(({ origin }) => origin.by === "program");

  /** What they say of clusters on which charts and operators did what they do, and the program's objects are these. */
  const said = (objects: readonly ModelObject[]) => {
    const live = new Model(stack, objects.map(standing));
    const model = asItStands(planned, live, { recordedReleases: releases });
    return faultsOf(prove({ model, plan }, proofs, today())).map(
      ({ proof, object: about }) => `${proof}: ${about}`,
    );
  };

  test("say the same as over the plan", () => {
    expect(said(own)).toEqual([]);
  });

  test("name three things that somebody broke", () => {
    const cluster = stack === "dev" ? "local" : "aws";
    const broken = own.flatMap((one) => {
      const name = `${one.cluster}: ${one.kind} ${one.name}`;
      switch (name) {
        case `${cluster}: NetworkPolicy ai-middleware`:
        case `${cluster}: PriorityClass batch`:
          return [];
        case `${cluster}: CronJob elasticsearch-retention`:
          return [{ ...one, manifest: one.manifest && { ...one.manifest, spec: {} } }];
        default:
          return [one];
      }
    });
    const faults = new Set(said(broken));
    expect([...faults]).toEqual(
      expect.arrayContaining([
        `networks: ${cluster}: Deployment ai-middleware/ai-middleware`,
        `names: ${cluster}: CronJob marketresearch/embedder`,
        `hygiene: ${cluster}: CronJob atlas-logging/elasticsearch-retention`,
      ]),
    );
  });
});
