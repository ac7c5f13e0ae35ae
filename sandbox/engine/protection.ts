import type { Stack } from "@pulumi/pulumi/automation";
import { cachePaths } from "../../cli/cache";
import type { Reporter } from "../../cli/reporter";
import { byToken } from "../api-server/access";
import { ApiClient } from "../api-server/client";
import type { KubernetesObject } from "../api-server/object";
import { CloudStore } from "../clouds/store";
import type { ClusterIdentity, ClusterManager } from "../cluster/types";
import { urnPrefix } from "./leftovers";
import type { Project } from "./project";
import { readState, rewriteState } from "./state";

/** Types that no cloud deletes while they hold something. */
const keepsContents: readonly string[] = [
  "aws:s3/bucket:Bucket",
  "aws:backup/vault:Vault",
  "aws:route53/zone:Zone",
  "linode:index/objectStorageBucket:ObjectStorageBucket",
];

/**
 * Releases what a stack protects, in its state and in the simulated clouds, and says so: these clouds are there to be
 * thrown away. In the real ones a person does this on purpose, one by one.
 */
export async function liftProtection(project: Project, stack: Stack, reporter: Reporter): Promise<void> {
  const state = await readState(project, stack.name);
  const held = state.resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete);
  if (held.length > 0) {
    reporter.step(
      `${stack.name} protects ${held.length} resources; the sandbox lifts that (--keep-protection shows the refusal)`,
    );
    await rewriteState(stack, state, (resource) => ({ ...resource, protect: false, retainOnDelete: false }));
  }
  const store = new CloudStore(cachePaths.clouds());
  for (const record of await store.madeBy(urnPrefix(project, stack.name))) {
    const lifted = {
      ...(record.inputs.deletionProtection === true && { deletionProtection: false }),
      // What a stack protects its owner empties by hand before it goes; what it does not must go with all that it holds.
      ...(held.length > 0 && keepsContents.includes(record.type) && { forceDestroy: true }),
    };
    if (Object.keys(lifted).length > 0) {
      await store.update({ ...record, inputs: { ...record.inputs, ...lifted } });
    }
  }
}

interface Volume extends KubernetesObject {
  readonly spec: { readonly persistentVolumeReclaimPolicy?: string };
}

/** Lets volumes go with their claims that their class keeps, on the clusters that a stack owns. */
export async function releaseVolumes(
  clusters: ClusterManager,
  owned: readonly ClusterIdentity[],
): Promise<void> {
  for (const identity of owned) {
    const controlPlane = await clusters.find(identity);
    if (!controlPlane) continue;
    const api = new ApiClient(byToken(controlPlane), { attempts: 8 });
    const volumes = "/api/v1/persistentvolumes";
    try {
      const { items } = await api.list<Volume>(volumes);
      const kept = items.filter(({ spec }) => spec.persistentVolumeReclaimPolicy === "Retain");
      await Promise.all(
        kept.map(({ metadata }) =>
          api.patch(`${volumes}/${metadata.name}`, { spec: { persistentVolumeReclaimPolicy: "Delete" } }),
        ),
      );
    } finally {
      api.close();
    }
  }
}
