import type { ApiClient } from "../../api-server/client";
import { isStatus } from "../../api-server/errors";
import { secretNameArgument } from "../may-start";
import type { Pod } from "./objects";
import type { Reference } from "./pod-configuration";

/** What a controller makes in every namespace, also in an empty one. */
interface Everywhere {
  readonly made: Pick<Reference, "kind" | "name">;
  /** Label of the controller's pods. */
  readonly by: string;
}

const everywhere: readonly Everywhere[] = [
  // The mesh's certificate, with which each proxy knows its control plane.
  { made: { kind: "ConfigMap", name: "istio-ca-root-cert" }, by: "app=istiod" },
];

/**
 * Controllers and jobs that run in a cluster make ConfigMaps and Secrets of no custom resource. No containers run here, so what
 * they would make has to be accounted for, or what waits for it would wait for ever.
 */
export class OwnWork {
  constructor(private readonly api: ApiClient) {}

  /** Webhooks' certificates of many charts come from a job that is told the Secret's name. */
  async standInFor({ metadata, spec }: Pod): Promise<void> {
    const told = spec.containers
      .flatMap(({ args = [] }) => args)
      .filter((argument) => argument.startsWith(secretNameArgument));
    for (const argument of told) {
      await this.make(metadata.namespace ?? "", argument.slice(secretNameArgument.length));
    }
  }

  /** Whether a controller that runs makes it in every namespace. */
  async makes({ kind, name }: Reference): Promise<boolean> {
    const work = everywhere.find(({ made }) => made.kind === kind && made.name === name);
    if (work === undefined) {
      return false;
    }
    const running = `fieldSelector=status.phase=Running&labelSelector=${encodeURIComponent(work.by)}`;
    const { items } = await this.api.list<Pod>(`/api/v1/pods?${running}`);
    return items.length > 0;
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
