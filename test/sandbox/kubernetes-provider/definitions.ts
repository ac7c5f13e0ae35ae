import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as k8s from "@pulumi/kubernetes";
import { permissiveLabel } from "../../../sandbox/providers/kubernetes/definitions";
import { listAt, textAt } from "../../../sandbox/providers/kubernetes/json";
import { api, engine, folder, program } from "./cluster";

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
