import { ApiClient } from "../../api-server/client";
import { Unreachable } from "../../api-server/errors";
import { byKubeConfig } from "../../api-server/kubeconfig-access";
import type { Configuration } from "./configuration";
import { Definitions } from "./definitions";
import { ServedTypes } from "./served-types";
import { Watches } from "./watch";

/** One API server and what is known of it: everything that resources of one provider share. */
export class Cluster {
  readonly client: ApiClient;
  readonly types: ServedTypes;
  readonly watches: Watches;
  readonly definitions: Definitions;
  private reachable: Promise<boolean> | undefined;

  constructor(configuration: Configuration, definitionsFolder: string | undefined) {
    this.client = new ApiClient(byKubeConfig(configuration.kubeConfig), { attempts: 5 });
    this.types = new ServedTypes(this.client);
    this.watches = new Watches(this.client);
    this.definitions = new Definitions(this.client, this.types, this.watches, definitionsFolder);
  }

  /** Asked once: a cluster that did not answer is not waited for again with every resource. */
  isReachable(): Promise<boolean> {
    this.reachable ??= this.types.all().then(
      () => true,
      (error: unknown) => {
        if (error instanceof Unreachable) {
          return false;
        }
        throw error;
      },
    );
    return this.reachable;
  }
}
