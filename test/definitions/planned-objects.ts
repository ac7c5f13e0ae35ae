import { z } from "zod";
import { reviewedPlan, stacks } from "../golden/plan";

/** An object of a custom resource definition, in the reviewed plan. */
export interface PlannedObject {
  /** `dev: an-issuer` */
  readonly title: string;
  /** `cert-manager.io/v1 Issuer` */
  readonly definition: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** All of it but what every object has. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const planned = z.object({
  name: z.string(),
  inputs: z.looseObject({ apiVersion: z.string(), kind: z.string() }),
});

/** Groups with a dot in their name that belong to Kubernetes itself. */
const builtIn = /^[a-z.]+\.k8s\.io$/;
const definedBeside: ReadonlySet<string> = new Set(["autoscaling.k8s.io", "snapshot.storage.k8s.io"]);

/** Every custom resource of every stack, as people reviewed it. */
export function plannedObjects(): readonly PlannedObject[] {
  return stacks.flatMap((stack) =>
    [...reviewedPlan(stack)]
      .filter(([file]) => file.startsWith("kubernetes."))
      .flatMap(([, text]): readonly PlannedObject[] => {
        const { success, data } = planned.safeParse(JSON.parse(text));
        if (!success) return [];
        const { apiVersion, kind, metadata: _, ...fields } = data.inputs;
        const [group = "", version = ""] = apiVersion.split("/");
        const custom = group.includes(".") && (definedBeside.has(group) || !builtIn.test(group));
        const definition = `${apiVersion} ${kind}`;
        return custom ? [{ title: `${stack}: ${data.name}`, definition, group, version, kind, fields }] : [];
      }),
  );
}
