import type * as pulumi from "@pulumi/pulumi";
import type { DataStore } from "../../../infra/data/store";
import type { Site } from "../../../infra/kit/site";
import type { RecordedObject } from "./objects";
import { record, type SiteChanges } from "./site";

/** The namespace that stores are recorded in. */
export const namespace = "somewhere";

/** A system's store, as the files in `apps` make it. */
export type CreateStore<Store extends DataStore> = (
  name: string,
  site: Site,
  namespace: string,
  options: pulumi.ComponentResourceOptions,
) => Store;

/** What a laptop's site has different. */
export const laptop = {
  settings: { availability: "single" },
  environment: "development",
} as const satisfies SiteChanges;

/** Makes a store on a site without any cloud, and returns it with the objects that it registers. */
export async function recordStore<Store extends DataStore>(
  create: CreateStore<Store>,
  changes: SiteChanges = {},
): Promise<{ readonly objects: readonly RecordedObject[]; readonly site: Site; readonly store: Store }> {
  const { built: store, ...recorded } = await record((site) => create("store", site, namespace, {}), changes);
  return { ...recorded, store };
}

/** What an output comes to. */
export function resolved<Value>(output: pulumi.Output<Value> | undefined): Promise<Value> {
  return new Promise((resolve, reject) => {
    if (output === undefined) reject(new Error("there is no such output"));
    output?.apply(resolve);
  });
}

/** The inputs of every object of a kind. */
export function ofKind(objects: readonly RecordedObject[], kind: string): readonly unknown[] {
  return objects.filter((object) => object.kind === kind).map(({ inputs }) => inputs);
}
