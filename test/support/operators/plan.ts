import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { CustomResource } from "../../../model/operators/operator";
import { customResource } from "./cluster";

const planned = z.object({
  type: z.string(),
  inputs: z.unknown(),
  options: z.object({ provider: z.string().optional() }).optional(),
});

export interface PlannedObject {
  readonly resource: CustomResource;
  /** Name of the provider, which is one cluster's. */
  readonly cluster: string;
}

/** Groups of Kubernetes itself, and of what Pulumi's provider only calls Kubernetes. */
const ownGroups =
  /^(core|apps|batch|autoscaling|policy|helm\.sh|yaml|((networking|storage|scheduling|rbac\.authorization|apiextensions)\.k8s\.io))\//;

/** Objects that the reviewed plan of a stack has the program make on its clusters, other than releases. */
export function plannedObjects(stack: string): readonly PlannedObject[] {
  const folder = join(__dirname, "../../golden/plan", stack);
  return readdirSync(folder)
    .filter((file) => file.startsWith("kubernetes.") && !/^kubernetes\.(helm\.sh|yaml)\./.test(file))
    .map((file) => planned.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))))
    .map(({ inputs, options }) => ({
      resource: customResource.parse(inputs),
      cluster: options?.provider?.split("::").at(-1) ?? "",
    }));
}

/** True for objects that Kubernetes knows only by a definition that somebody installed. */
export function isCustom({ resource }: PlannedObject): boolean {
  return resource.apiVersion !== "v1" && !ownGroups.test(resource.apiVersion);
}
