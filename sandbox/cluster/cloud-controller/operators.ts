import { isStatus, type KubernetesApi, type KubernetesObject } from "../api";
import { secretNameArgument } from "../may-start";
import type { Pod } from "./objects";
import type { Reference } from "./pod-configuration";

interface GroupList {
  readonly groups: readonly {
    readonly name: string;
    readonly preferredVersion: { readonly groupVersion: string };
  }[];
}

interface ResourceList {
  readonly resources: readonly {
    readonly name: string;
    readonly namespaced: boolean;
    readonly verbs: readonly string[];
  }[];
}

/** What a controller makes in every namespace, whatever there is in it. */
interface OwnWork {
  readonly made: Pick<Reference, "kind" | "name">;
  /** Label of the controller's pods. */
  readonly by: string;
}

const ownWork: readonly OwnWork[] = [
  // The mesh's certificate, with which each proxy knows its control plane.
  { made: { kind: "ConfigMap", name: "istio-ca-root-cert" }, by: "app=istiod" },
];

interface CustomObject extends KubernetesObject {
  readonly spec?: object;
}

/**
 * Controllers and jobs that run in a cluster make ConfigMaps and Secrets of their own. No containers run here, so what
 * they would make has to be accounted for, or whatever waits for it would wait for ever.
 */
export class OperatorsWork {
  constructor(private readonly api: KubernetesApi) {}

  /** Webhooks' certificates of many charts come from a job that is told the Secret's name. */
  async standInFor({ metadata, spec }: Pod): Promise<void> {
    const told = spec.containers
      .flatMap(({ args = [] }) => args)
      .filter((argument) => argument.startsWith(secretNameArgument));
    for (const argument of told) {
      await this.make(metadata.namespace ?? "", argument.slice(secretNameArgument.length));
    }
  }

  /**
   * Whether an operator would make it: one that runs makes it in every namespace, a custom object of the namespace names it (a
   * certificate its Secret), or it is named after one (a database cluster's credentials).
   */
  async makes(pod: Pod, reference: Reference): Promise<boolean> {
    return (await this.isOwnWork(reference)) || (await this.isAskedFor(pod, reference));
  }

  private async isOwnWork({ kind, name }: Reference): Promise<boolean> {
    const work = ownWork.find(({ made }) => made.kind === kind && made.name === name);
    if (work === undefined) {
      return false;
    }
    const running = `fieldSelector=status.phase=Running&labelSelector=${encodeURIComponent(work.by)}`;
    const { items } = await this.api.list<Pod>(`/api/v1/pods?${running}`);
    return items.length > 0;
  }

  private async isAskedFor({ metadata }: Pod, { name }: Reference): Promise<boolean> {
    const { groups } = await this.api.get<GroupList>("/apis");
    for (const { preferredVersion, name: group } of groups) {
      if (!isCustom(group)) {
        continue;
      }
      const { groupVersion } = preferredVersion;
      const { resources } = await this.api.get<ResourceList>(`/apis/${groupVersion}`);
      for (const resource of resources) {
        if (!resource.namespaced || !resource.verbs.includes("list")) {
          continue;
        }
        const path = `/apis/${groupVersion}/namespaces/${metadata.namespace}/${resource.name}`;
        const { items } = await this.api.list<CustomObject>(path);
        if (items.some((object) => isNamedBy(object, name))) {
          return true;
        }
      }
    }
    return false;
  }

  private async make(namespace: string, name: string): Promise<void> {
    const data = Object.fromEntries(["ca", "cert", "key"].map((key) => [key, "made in the sandbox"]));
    try {
      await this.api.create(`/api/v1/namespaces/${namespace}/secrets`, {
        apiVersion: "v1",
        kind: "Secret",
        metadata: { name },
        stringData: data,
      });
    } catch (error) {
      if (!isStatus(error, 409)) {
        throw error;
      }
    }
  }
}

/** Kubernetes' own groups have no dot, or end in k8s.io. */
function isCustom(group: string): boolean {
  return group.includes(".") && !group.endsWith(".k8s.io");
}

function isNamedBy({ metadata, spec = {} }: CustomObject, name: string): boolean {
  return (
    name === metadata.name ||
    name.startsWith(`${metadata.name}-`) ||
    JSON.stringify(spec).includes(JSON.stringify(name))
  );
}
