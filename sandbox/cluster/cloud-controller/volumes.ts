import type { ApiClient } from "../../api-server/client";
import { isStatus } from "../../api-server/errors";
import { retryConflicts } from "../../api-server/retry";
import type { Node } from "../nodes";
import type { Events } from "./events";
import type { Claim, Volume } from "./objects";
import type { Registry } from "./registry";
import {
  chooseTopology,
  provisionedBy,
  type VolumeAction,
  volumeFinalizer,
  volumeNameOf,
} from "./volume-plan";

/** Carries out what `planVolumes` says: the work of a cloud's CSI controllers. */
export class Volumes {
  constructor(
    private readonly api: ApiClient,
    private readonly registry: Registry,
    private readonly events: Events,
  ) {}

  async perform(action: VolumeAction): Promise<void> {
    switch (action.kind) {
      case "provision":
        return this.provision(action);
      case "refuse":
        return this.events.tell(action.claim, "PersistentVolumeClaim", {
          type: "Warning",
          reason: "ProvisioningFailed",
          message: action.reason,
        });
      case "expand":
        return this.expand(action.claim, action.volume, action.size);
      case "destroy":
        return this.destroy(action.volume);
      case "release":
        return this.dropFinalizer(action.volume);
      default: {
        const exhaustive: never = action;
        return exhaustive;
      }
    }
  }

  private async provision(action: VolumeAction & { readonly kind: "provision" }): Promise<void> {
    const { driver, claim, storageClass, size } = action;
    const { topologyKey } = driver;
    const place = topologyKey === undefined ? undefined : await this.placeOf(action, topologyKey);
    if (topologyKey !== undefined && place === undefined) {
      return this.events.tell(claim, "PersistentVolumeClaim", {
        type: "Warning",
        reason: "ProvisioningFailed",
        message: `no node has a ${topologyKey} that storage class "${storageClass.metadata.name}" allows`,
      });
    }
    const { name, namespace = "", uid = "" } = claim.metadata;
    const id = driver.idOf(uid, storageClass);
    await this.registry.save("volumes", {
      id,
      cluster: this.registry.clusterId,
      madeFor: `${namespace}/${name}`,
      size,
      ...(place !== undefined && { place }),
      storageClass: storageClass.metadata.name,
    });
    await this.api.create("/api/v1/persistentvolumes", {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: {
        name: volumeNameOf(claim),
        annotations: { [provisionedBy]: driver.provisioner },
        finalizers: [volumeFinalizer],
      },
      spec: {
        capacity: { storage: size },
        accessModes: claim.spec.accessModes,
        volumeMode: claim.spec.volumeMode ?? "Filesystem",
        persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? "Delete",
        storageClassName: storageClass.metadata.name,
        mountOptions: storageClass.mountOptions,
        claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace, name, uid },
        ...(place !== undefined && {
          nodeAffinity: {
            required: {
              nodeSelectorTerms: [
                { matchExpressions: [{ key: topologyKey, operator: "In", values: [place] }] },
              ],
            },
          },
        }),
        ...driver.sourceOf(id, storageClass),
      },
    });
    await this.events.tell(claim, "PersistentVolumeClaim", {
      type: "Normal",
      reason: "ProvisioningSucceeded",
      message: `Successfully provisioned volume ${volumeNameOf(claim)}`,
    });
  }

  private async placeOf(
    { claim, storageClass, node }: VolumeAction & { readonly kind: "provision" },
    topologyKey: string,
  ): Promise<string | undefined> {
    if (node !== undefined) {
      const { metadata } = await this.api.get<Node>(`/api/v1/nodes/${node}`);
      return metadata.labels?.[topologyKey];
    }
    const { items } = await this.api.list<Node>("/api/v1/nodes");
    const values = items.flatMap(({ metadata }) => metadata.labels?.[topologyKey] ?? []);
    return chooseTopology(claim, storageClass, topologyKey, values);
  }

  /** The driver grows the disk, then the file system on it, which is a kubelet's part. */
  private async expand(claim: Claim, volume: Volume, size: string): Promise<void> {
    const { name, namespace } = claim.metadata;
    const id = this.idOf(volume);
    const record = await this.registry.find("volumes", id);
    if (record !== undefined) {
      await this.registry.save("volumes", { ...record, size });
    }
    await this.api.patch(`/api/v1/persistentvolumes/${volume.metadata.name}`, {
      spec: { capacity: { storage: size } },
    });
    await this.api.patch(`/api/v1/namespaces/${namespace}/persistentvolumeclaims/${name}/status`, {
      status: { capacity: { storage: size }, conditions: null, allocatedResourceStatuses: null },
    });
    await this.events.tell(claim, "PersistentVolumeClaim", {
      type: "Normal",
      reason: "FileSystemResizeSuccessful",
      message: `Volume ${volume.metadata.name} now has ${size}`,
    });
  }

  private async destroy(volume: Volume): Promise<void> {
    await this.registry.remove("volumes", this.idOf(volume));
    await this.api.delete(`/api/v1/persistentvolumes/${volume.metadata.name}`);
    await this.dropFinalizer(volume);
  }

  private async dropFinalizer({ metadata }: Volume): Promise<void> {
    const path = `/api/v1/persistentvolumes/${metadata.name}`;
    try {
      await retryConflicts(async () => {
        const { metadata: now } = await this.api.get<Volume>(path);
        await this.api.patch(path, {
          metadata: {
            resourceVersion: now.resourceVersion,
            finalizers: (now.finalizers ?? []).filter((finalizer) => finalizer !== volumeFinalizer),
          },
        });
      });
    } catch (error) {
      if (!isStatus(error, 404)) {
        throw error;
      }
    }
  }

  private idOf(volume: Volume): string {
    return volume.spec.csi?.volumeHandle ?? volume.metadata.name;
  }
}
