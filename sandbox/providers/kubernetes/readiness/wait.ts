import type { ApiClient } from "../../../api-server/client";
import { isObject, type JsonObject, listAt, objectAt, textAt } from "../json";
import type { Collection, Watches } from "../watch";
import type { ClusterView, Readiness, ReadinessRule } from "./readiness";
import { podTrouble } from "./workloads";

/** How often a wait tells what is still missing. */
const reportMilliseconds = 5_000;
/** How often it looks again although nothing has changed: some rules lose patience. */
const lookMilliseconds = 1_000;

/** A wait that ended without the object being ready. */
export class NotReady extends Error {
  constructor(
    message: string,
    /** The object as it was seen last; undefined when it was deleted meanwhile. */
    readonly last: JsonObject | undefined,
  ) {
    super(message);
  }
}

export interface WaitOptions {
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal;
  readonly log: (message: string) => void;
}

/** Waits until the rule calls the object ready, and returns it as it is then. */
export async function waitUntilReady(
  client: ApiClient,
  watches: Watches,
  collection: string,
  object: JsonObject,
  rule: ReadinessRule,
  options: WaitOptions,
): Promise<JsonObject> {
  const own = watches.acquire(collection);
  const related = new Map((rule.needs ?? []).map((path) => [path, watches.acquire(path)]));
  const wait = new Wait(client, own, related, object, rule);
  try {
    return await wait.run(options);
  } finally {
    for (const acquired of [own, ...related.values()]) {
      acquired.release();
    }
  }
}

class Wait {
  private readonly namespace: string;
  private readonly name: string;
  private readonly view: ClusterView;
  private readonly begun = performance.now();
  private last: JsonObject;

  constructor(
    private readonly client: ApiClient,
    private readonly own: Collection,
    private readonly related: ReadonlyMap<string, Collection>,
    private readonly object: JsonObject,
    private readonly rule: ReadinessRule,
  ) {
    this.namespace = textAt(object, "metadata", "namespace");
    this.name = textAt(object, "metadata", "name");
    this.last = object;
    this.view = {
      inNamespace: (path) => related.get(path)?.inNamespace(this.namespace) ?? [],
      everywhere: (path) => related.get(path)?.all() ?? [],
    };
  }

  run({ timeoutSeconds, signal, log }: WaitOptions): Promise<JsonObject> {
    return new Promise((resolve, reject) => {
      let missing = "it has not been seen yet";
      const judge = (): void => {
        try {
          const outcome = this.judge();
          if (outcome === "gone") {
            finish(() =>
              reject(new NotReady("it was deleted by someone else while it was waited for", undefined)),
            );
          } else if (outcome?.state === "ready") {
            finish(() => resolve(this.last));
          } else if (outcome?.state === "failed") {
            finish(
              () =>
                void this.explain(outcome.reason).then((reason) => reject(new NotReady(reason, this.last))),
            );
          } else if (outcome?.state === "waiting") {
            missing = outcome.missing;
          }
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const giveUp = (why: string): void =>
        finish(
          () =>
            void this.explain(missing).then((reason) => reject(new NotReady(`${why}: ${reason}`, this.last))),
        );
      const onAbort = (): void => giveUp("the run was cancelled while it waited");

      const unsubscribe = [this.own, ...this.related.values()].map((collection) =>
        collection.subscribe(judge),
      );
      const timeout = setTimeout(
        () => giveUp(`it was not ready after ${timeoutSeconds} s`),
        timeoutSeconds * 1000,
      );
      const report = setInterval(() => {
        void this.explain(this.own.error?.message ?? missing).then((text) => log(`waiting: ${text}`));
      }, reportMilliseconds);
      const look = setInterval(judge, lookMilliseconds);
      signal.addEventListener("abort", onAbort);
      let isFinished = false;
      const finish = (settle: () => void): void => {
        if (isFinished) {
          return;
        }
        isFinished = true;
        clearTimeout(timeout);
        clearInterval(report);
        clearInterval(look);
        signal.removeEventListener("abort", onAbort);
        for (const stop of unsubscribe) {
          stop();
        }
        settle();
      };
      if (signal.aborted) {
        onAbort();
      } else {
        judge();
      }
    });
  }

  private judge(): Readiness | "gone" | undefined {
    if (!this.own.isCurrent(textAt(this.object, "metadata", "resourceVersion"))) {
      return undefined;
    }
    const seen = this.own.find(this.namespace, this.name);
    if (seen === undefined) {
      return "gone";
    }
    this.last = { ...seen, apiVersion: this.object.apiVersion ?? null, kind: this.object.kind ?? null };
    if ([...this.related.values()].some((collection) => !collection.isCurrent("0"))) {
      return undefined;
    }
    return this.rule.judge(this.last, this.view, (performance.now() - this.begun) / 1000);
  }

  /** Adds what is wrong with the pods, if the object has any. */
  private async explain(missing: string): Promise<string> {
    const selector = objectAt(this.last, "spec", "selector", "matchLabels");
    if (Object.keys(selector).length === 0 || this.namespace === "") {
      return missing;
    }
    const labelSelector = Object.entries(selector)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(",");
    try {
      const pods = await this.client.get(`/api/v1/namespaces/${this.namespace}/pods`, { labelSelector });
      const troubles = listAt(pods, "items")
        .filter(isObject)
        .map(podTrouble)
        .filter((one) => one !== undefined);
      const [first] = troubles;
      const others = troubles.length > 1 ? ` (and ${troubles.length - 1} other pods)` : "";
      return first === undefined ? missing : `${missing}; ${first}${others}`;
    } catch {
      return missing;
    }
  }
}
