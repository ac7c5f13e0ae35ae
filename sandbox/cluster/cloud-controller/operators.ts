import { messageOf } from "../../../cli/errors";
import type { ObjectFacts } from "../../../model/facts/object";
import { factsOfManifest } from "../../../model/facts/of-manifest";
import { groupKind, manifest } from "../../../model/manifest";
import { operators } from "../../../model/operators";
import { withOperators } from "../../../model/with-operators";
import {
  pathOf,
  type StandIn,
  standInsFor,
  stoodInDigest,
  stoodInKinds,
  stoodInLabel,
} from "../../stood-in/objects";
import { isStatus, type KubernetesApi, type KubernetesObject } from "../api";
import { Mirror } from "./mirror";
import { type ServedKind, servedKinds } from "./served-kinds";

/** The label's value on all that is made for custom resources. */
const byOperator = "operator";

/** Kinds that no operator makes anything of by themselves, but that one reads beside others. */
const readBeside = ["barmancloud.cnpg.io/ObjectStore"];

/**
 * Does in the sandbox what operators do on a cluster, for no container runs here: for each custom resource of the kinds that the
 * model knows, it makes the pods, budgets, accounts and Secrets that the operator would make. They belong to the custom
 * resource, so that Kubernetes takes them away with it.
 */
export class Operators {
  readonly #resources = new Map<
    string,
    { readonly served: ServedKind; readonly mirror: Mirror<KubernetesObject> }
  >();
  readonly #made: readonly Mirror<KubernetesObject>[];

  /** @param onChange hears of each change that may ask for work */
  constructor(
    private readonly api: KubernetesApi,
    private readonly onChange: () => void,
  ) {
    const query = `?labelSelector=${encodeURIComponent(`${stoodInLabel}=${byOperator}`)}`;
    this.#made = stoodInKinds.map((kind) => this.mirror(`${pathOf(kind)}${query}`));
  }

  /** Looks which of the kinds are served by now: definitions come while a stack comes up. */
  async discover(): Promise<void> {
    const wanted = [...operators.keys(), ...readBeside].filter((kind) => !this.#resources.has(kind));
    for (const served of await servedKinds(this.api, wanted)) {
      this.#resources.set(served.name, { served, mirror: this.mirror(served.path) });
    }
  }

  /** Makes what is missing, changes what is to be another, and takes away what no custom resource asks for any more. */
  async work(): Promise<void> {
    const resources = [...this.#resources.values()];
    if (![...this.#made, ...resources.map(({ mirror }) => mirror)].every(({ isFilled }) => isFilled)) {
      return;
    }
    const wanted = new Map(
      standIns(resources).map((one) => [`${one.path}/${one.manifest.metadata.name}`, one]),
    );
    const there = new Map(
      this.#made.flatMap(({ all }, index) =>
        all.map((one) => [placeOf(stoodInKinds[index], one), one] as const),
      ),
    );
    await Promise.all([
      ...[...wanted].map(([place, standIn]) =>
        this.attempt(() => this.bring(place, standIn, there.get(place))),
      ),
      ...[...there.keys()]
        .filter((place) => !wanted.has(place))
        .map((place) => this.attempt(() => this.remove(place))),
    ]);
  }

  private mirror(path: string): Mirror<KubernetesObject> {
    const mirror = new Mirror<KubernetesObject>(this.api, path, this.onChange);
    void mirror.run();
    return mirror;
  }

  private async bring(place: string, { path, manifest: made }: StandIn, now: KubernetesObject | undefined) {
    if (now === undefined) {
      await this.api.create(path, made);
    } else if (now.metadata.annotations?.[stoodInDigest] !== made.metadata.annotations?.[stoodInDigest]) {
      try {
        await this.api.patch(place, made);
      } catch (error) {
        if (!isStatus(error, 422)) {
          throw error;
        }
        // Fields that cannot change: the next round makes it again.
        await this.remove(place);
      }
    }
  }

  private async remove(place: string): Promise<void> {
    await this.api.delete(place, { propagationPolicy: "Background" });
  }

  /** One object's trouble must not hold up the others. 409: somebody else has made it, and an operator would find it so. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isStatus(error, 403, 404, 409)) {
        console.error(messageOf(error));
      }
    }
  }
}

type Resource = ObjectFacts & {
  readonly cluster: string;
  /** How what is made for the custom resource names its owner; undefined for what is not in a namespace. */
  readonly root: OwnerReference | undefined;
};

type OwnerReference = Readonly<Record<"apiVersion" | "kind" | "name" | "uid", string>>;

function standIns(
  kinds: readonly { readonly served: ServedKind; readonly mirror: Mirror<KubernetesObject> }[],
): readonly StandIn[] {
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
  const root = namespace === undefined ? undefined : { apiVersion, kind, name, uid };
  const whole = manifest.parse({ ...object, apiVersion, kind });
  const facts = factsOfManifest(whole, { keep: new Set([groupKind(whole)]) });
  return { ...facts, cluster: "", root };
}

function placeOf(kind: (typeof stoodInKinds)[number] | undefined, { metadata }: KubernetesObject): string {
  return kind === undefined ? "" : `${pathOf(kind, metadata.namespace)}/${metadata.name}`;
}
