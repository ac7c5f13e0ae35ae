import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { permissiveLabel } from "../../../sandbox/providers/kubernetes/definitions";
import { at, type Json, listAt, textAt } from "../../../sandbox/providers/kubernetes/json";
import { isRecorded } from "../../../sandbox/providers/kubernetes/recorded";
import type { Engine } from "../engine";
import { api, changesOf, engine, folder, program } from "./cluster";

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
