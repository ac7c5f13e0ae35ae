import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../../../cli/errors";
import { byToken } from "../../api-server/access";
import { ApiClient } from "../../api-server/client";
import { isStatus } from "../../api-server/errors";
import { logTo, Mirror } from "../../api-server/mirror";
import type { KubernetesObject } from "../../api-server/object";
import type { ClusterRecord } from "../folder";
import { Configurations } from "./configurations";
import { drivers } from "./drivers";
import { Events } from "./events";
import { planIngresses, setIngressStatus } from "./ingresses";
import { LoadBalancers, planLoadBalancers } from "./load-balancers";
import type { Claim, Ingress, IngressClass, Pod, Service, StorageClass, Volume } from "./objects";
import { OwnWork } from "./own-work";
import { PodStarts, podsToStart } from "./pods";
import { Registry } from "./registry";
import { Signal } from "./signal";
import { planVolumes } from "./volume-plan";
import { Volumes } from "./volumes";

/** Time for changes that come together to be looked at together. */
const settleMilliseconds = 30;
/** What could not be done is tried again this often. */
const retryMilliseconds = 3_000;
/** What a pod waits for is looked for this often. */
const podRetryMilliseconds = 1_000;

/** Does in a cluster what its operators would do, for no container runs there. */
export interface SimulatedOperators {
  /** Looks which of their kinds are served by now: definitions come while a stack comes up. */
  discover(): Promise<void>;
  work(): Promise<void>;
}

/** @param onChange hears of each change that may ask for work */
export type MakeOperators = (api: ApiClient, onChange: () => void) => SimulatedOperators;

/**
 * The part of a cloud that lives beside its cluster: makes volumes, load balancers and their addresses, and keeps pods
 * from starting without what they name. One process per cluster; it runs until it is killed.
 *
 * @param folder the cluster's
 */
export async function controlCloud(folder: string, makeOperators: MakeOperators): Promise<never> {
  const record: ClusterRecord = JSON.parse(readFileSync(join(folder, "cluster.json"), "utf8"));
  const api = new ApiClient(
    byToken({
      endpoint: `https://127.0.0.1:${record.ports.api}`,
      certificateAuthority: readFileSync(join(folder, "pki", "ca.crt")).toString("base64"),
      token: record.token,
    }),
    { connections: 16 },
  );
  const { cloud } = record;
  const registry = new Registry(record);
  const events = new Events(api);
  const volumeWork = new Volumes(api, registry, events);
  const loadBalancerWork = new LoadBalancers(api, cloud, registry, events);

  void startPods(api, events, dirname(dirname(folder)));
  void operate(api, makeOperators);

  const changes = new Signal();
  const mirrors: Mirror<KubernetesObject>[] = [];
  function mirror<Kind extends KubernetesObject>(path: string): Mirror<Kind> {
    const made = new Mirror<Kind>(api, path, () => changes.raise());
    mirrors.push(made);
    void made.run(undefined, logTo(path));
    return made;
  }
  const claims = mirror<Claim>("/api/v1/persistentvolumeclaims");
  const volumes = mirror<Volume>("/api/v1/persistentvolumes");
  const classes = mirror<StorageClass>("/apis/storage.k8s.io/v1/storageclasses");
  const services = mirror<Service>("/api/v1/services");
  const ingresses = mirror<Ingress>("/apis/networking.k8s.io/v1/ingresses");
  const ingressClasses = mirror<IngressClass>("/apis/networking.k8s.io/v1/ingressclasses");

  for (;;) {
    await changes.wait(retryMilliseconds);
    await sleep(settleMilliseconds);
    if (!mirrors.every(({ isFilled }) => isFilled)) {
      continue;
    }
    const snapshot = {
      claims: claims.all,
      volumes: volumes.all,
      classes: classes.all,
    };
    await Promise.all([
      ...planVolumes(snapshot, drivers[cloud]).map((action) => attempt(() => volumeWork.perform(action))),
      ...planIngresses(ingresses.all, ingressClasses.all, services.all, cloud).map((action) =>
        attempt(() => setIngressStatus(api, action)),
      ),
      inTurn(planLoadBalancers(services.all, cloud), (action) => loadBalancerWork.perform(action)),
    ]);
  }
}

/** In a loop of its own, so that no pod's start waits for volumes and load balancers. */
async function startPods(api: ApiClient, events: Events, cacheRoot: string): Promise<never> {
  const starts = new PodStarts(api, events, new OwnWork(api), cacheRoot);
  const changes = new Signal();
  const pending = "/api/v1/pods?fieldSelector=status.phase=Pending";
  const pods = new Mirror<Pod>(api, pending, () => changes.raise());
  void pods.run(undefined, logTo(pending));
  for (;;) {
    await changes.wait(podRetryMilliseconds);
    const configurations = new Configurations(api);
    await Promise.all(podsToStart(pods.all).map((pod) => attempt(() => starts.perform(pod, configurations))));
  }
}

/** In a loop of its own: operators take nothing from the cloud. */
async function operate(api: ApiClient, makeOperators: MakeOperators): Promise<never> {
  const changes = new Signal();
  const operators = makeOperators(api, () => changes.raise());
  for (;;) {
    await attempt(() => operators.discover());
    await attempt(() => operators.work());
    await changes.wait(retryMilliseconds);
    await sleep(settleMilliseconds);
  }
}

/** One after the other, so that no two load balancers choose the same address. */
async function inTurn<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (const item of items) {
    await attempt(() => work(item));
  }
}

/** One object's trouble must not hold up the others; the next round tries again. */
async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    // 409: the object changed, or was made by the round before, whose news is not here yet.
    if (!isStatus(error, 404, 409)) {
      console.error(messageOf(error));
    }
  }
}
