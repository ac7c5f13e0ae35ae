import type { ApiClient } from "../../api-server/client";
import { isStatus } from "../../api-server/errors";
import type { Configuration } from "./objects";
import type { Reference } from "./pod-configuration";

/** ConfigMaps and Secrets as they are at one moment: each is asked for once, however many pods name it. */
export class Configurations {
  private readonly asked = new Map<string, Promise<ReadonlySet<string> | undefined>>();

  constructor(private readonly api: ApiClient) {}

  /** The keys of one; undefined when there is none. */
  keysOf(namespace: string, { kind, name }: Reference): Promise<ReadonlySet<string> | undefined> {
    const path = `/api/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`;
    const answer = this.asked.get(path) ?? this.ask(path);
    this.asked.set(path, answer);
    return answer;
  }

  private async ask(path: string): Promise<ReadonlySet<string> | undefined> {
    try {
      const { data = {}, binaryData = {} } = await this.api.get<Configuration>(path);
      return new Set([...Object.keys(data), ...Object.keys(binaryData)]);
    } catch (error) {
      if (isStatus(error, 404)) {
        return undefined;
      }
      throw error;
    }
  }
}
