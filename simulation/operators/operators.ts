import { messageOf } from "../../cli/errors";
import type { ObjectFacts } from "../../model/facts/object";
import { factsOfManifest } from "../../model/facts/of-manifest";
import { groupKind, manifest } from "../../model/manifest";
import { operators } from "../../model/operators";
import { withOperators } from "../../model/with-operators";
import type { ApiClient } from "../../sandbox/api-server/client";
import { isStatus } from "../../sandbox/api-server/errors";
import { logTo, Mirror } from "../../sandbox/api-server/mirror";
import type { KubernetesObject } from "../../sandbox/api-server/object";
import type { SimulatedOperators } from "../../sandbox/cluster/cloud-controller/control";
import { type ServedKind, servedKinds } from "../../sandbox/cluster/cloud-controller/served-kinds";
import { pathOf, type StoodInKind, stoodInKinds, stoodInLabel } from "../../sandbox/stood-in";
import { type StandIn, standInsFor } from "../stood-in/objects";
import { planRoles } from "./instance-roles";
import { planStandIns, type StandInAction } from "./stand-in-plan";
import type { Standing } from "./standing";

/** The label's value on all that is made for custom resources. */
const byOperator = "operator";

/** Kinds that no operator makes anything of by themselves, but that one reads beside others. */
const readBeside = ["barmancloud.cnpg.io/ObjectStore"];

/**
 * Does in the sandbox what operators do on a cluster, for no container runs here: for each custom resource of the kinds that the
 * model knows, it makes the pods, budgets, accounts and Secrets that the operator would make. They belong to the custom
 * resource, so that Kubernetes takes them away with it.
 */
export class Operators implements SimulatedOperators {
  readonly #resources = new Map<string, Served>();
  readonly #made: ReadonlyMap<StoodInKind, Mirror<KubernetesObject>>;
  readonly #nodes: Mirror<Node>;
  #known: { readonly of: string; readonly standIns: readonly StandIn[] } = { of: "", standIns: [] };

  /** @param onChange hears of each change that may ask for work */
  constructor(
    private readonly api: ApiClient,
    private readonly onChange: () => void,
  ) {
    const query = `?labelSelector=${encodeURIComponent(`${stoodInLabel}=${byOperator}`)}`;
    this.#made = new Map(
      stoodInKinds.map((kind) => [kind, this.mirror(`${pathOf(kind)}${query}`, onChange)]),
    );
    // Their heartbeats ask for no work.
    this.#nodes = this.mirror("/api/v1/nodes", () => undefined);
  }

  /** Looks which of the kinds are served by now: definitions come while a stack comes up. */
  async discover(): Promise<void> {
    const wanted = [...operators.keys(), ...readBeside].filter((kind) => !this.#resources.has(kind));
    for (const served of await servedKinds(this.api, wanted)) {
      this.#resources.set(served.name, { served, mirror: this.mirror(served.path, this.onChange) });
    }
  }

  /**
   * Creates what is missing, updates what must change, and deletes what no custom resource needs any more.
   */
  async work(): Promise<void> {
    const resources = [...this.#resources.values()];
    const mirrors = [...this.#made.values(), ...resources.map(({ mirror }) => mirror), this.#nodes];
    if (!mirrors.every(({ isFilled }) => isFilled)) {
      return;
    }
    const there = new Map(
      [...this.#made].flatMap(([kind, { all }]) =>
        all.map((one): [string, Standing] => [placeOf(kind, one), { ...one, kind }]),
      ),
    );
    const actions = planStandIns(this.standIns(resources), there);
    await Promise.all(actions.map((action) => this.attempt(() => this.perform(action))));
    const pods = [...there.values()].filter(({ kind }) => kind === "Pod");
    for (const { pod, labels } of planRoles(pods, this.cordoned)) {
      await this.attempt(() => this.api.patch(placeOf("Pod", pod), { metadata: { labels } }));
    }
  }

  private mirror<Kind extends KubernetesObject>(path: string, onChange: () => void): Mirror<Kind> {
    const mirror = new Mirror<Kind>(this.api, path, onChange);
    void mirror.run(undefined, logTo(path));
    return mirror;
  }

  private get cordoned(): ReadonlySet<string> {
    return new Set(
      this.#nodes.all.filter(({ spec }) => spec?.unschedulable === true).map(({ metadata }) => metadata.name),
    );
  }

  /** Told again only where a custom resource has changed: pods change many times as often. */
  private standIns(kinds: readonly Served[]): readonly StandIn[] {
    const of = kinds
      .flatMap(({ mirror }) =>
        mirror.all.map(({ metadata }) => `${metadata.uid} ${metadata.resourceVersion}`),
      )
      .join("\n");
    if (of !== this.#known.of) {
      this.#known = { of, standIns: standIns(kinds) };
    }
    return this.#known.standIns;
  }

  private async perform(action: StandInAction): Promise<void> {
    if (action.do === "create") {
      await this.api.create(action.path, action.manifest);
    } else if (action.do === "remove") {
      await this.remove(action.place);
    } else {
      await this.change(action);
    }
  }

  private async change({ place, manifest: made }: ChangeAction): Promise<void> {
    try {
      await this.api.patch(place, made);
    } catch (error) {
      if (!isStatus(error, 422)) {
        throw error;
      }
      // Fields that cannot change: the next round makes it again. A claim keeps the data, and so stays as it is.
      if (made.kind !== "PersistentVolumeClaim") {
        await this.remove(place);
      }
    }
  }

  private async remove(place: string): Promise<void> {
    await this.api.delete(place, { propagationPolicy: "Background" });
  }

  /**
   * An error with one object must not stop the others. 409: the object was already created, as an operator
   * would find, too.
   */
  private async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isStatus(error, 403, 404, 409)) {
        console.error(messageOf(error));
      }
    }
  }
}

type ChangeAction = Extract<StandInAction, { readonly do: "change" }>;

interface Node extends KubernetesObject {
  readonly spec?: { readonly unschedulable?: boolean };
}

interface Served {
  readonly served: ServedKind;
  readonly mirror: Mirror<KubernetesObject>;
}

type Resource = ObjectFacts & {
  readonly cluster: string;
  /** How what is made for the custom resource names its owner; undefined for what is not in a namespace. */
  readonly root: OwnerReference | undefined;
};

type OwnerReference = Readonly<Record<"apiVersion" | "kind" | "name" | "uid", string>> & {
  readonly controller: true;
};

function standIns(kinds: readonly Served[]): readonly StandIn[] {
  const resources = kinds.flatMap(({ served, mirror }) =>
    mirror.all
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map((one) => resourceOf(served, one)),
  );
  const all = withOperators<Resource>(
    resources,
    ({ cluster, root }, facts) => ({ ...facts, cluster, root }),
    {
      refused: ({ kind, namespace, name }, error) =>
        console.error(`${kind} ${namespace}/${name}: ${messageOf(error)}`),
    },
  );
  const byRoot = new Map<OwnerReference | undefined, Resource[]>();
  for (const made of all.slice(resources.length)) {
    byRoot.set(made.root, [...(byRoot.get(made.root) ?? []), made]);
  }
  return [...byRoot].flatMap(([root, made]) => standInsFor(made, byOperator, root));
}

function resourceOf({ apiVersion, kind }: ServedKind, object: KubernetesObject): Resource {
  const { name, namespace, uid = "" } = object.metadata;
  const root =
    namespace === undefined ? undefined : ({ apiVersion, kind, name, uid, controller: true } as const);
  const whole = manifest.parse({ ...object, apiVersion, kind });
  const facts = factsOfManifest(whole, { keep: new Set([groupKind(whole)]) });
  return { ...facts, cluster: "", root };
}

function placeOf(kind: StoodInKind, { metadata }: KubernetesObject): string {
  return `${pathOf(kind, metadata.namespace)}/${metadata.name}`;
}
