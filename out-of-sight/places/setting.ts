import type { CustomResource } from "../../model/operators/operator";
import { type Neighbours, type OperatedPod, podsOf } from "./operated";
import { type Path, recorded } from "./recorder";

export type Spec = CustomResource["spec"];

/** A custom resource among those that operators read beside it. */
export class Setting {
  /** Those whose operators read the custom resource; itself among them. */
  readonly #readers: Neighbours;

  constructor(
    private readonly resource: CustomResource,
    private readonly neighbours: Neighbours,
  ) {
    this.#readers = neighbours.filter((one) => this.#pathsReadBy([one], resource.spec).length > 0);
  }

  get name(): string {
    return this.resource.metadata.name;
  }

  /** The same under another name. Others refer to it by the old one. */
  renamed(name: string): Setting {
    const resource = { ...this.resource, metadata: { ...this.resource.metadata, name } };
    return new Setting(
      resource,
      this.neighbours.map((one) => (one === this.resource ? resource : one)),
    );
  }

  /**
   * The pods that are made with another specification.
   *
   * @throws what an operator throws at what it cannot read
   */
  podsWith(spec: Spec, readers = this.#readers): readonly OperatedPod[] {
    const own = { ...this.resource, spec };
    const exchanged = (all: Neighbours) => all.map((one) => (one === this.resource ? own : one));
    return podsOf(exchanged(this.neighbours), exchanged(readers));
  }

  /** Every path that operators read of a specification; none where one of them cannot read it. */
  pathsReadOf(spec: Spec): readonly Path[] {
    return this.#pathsReadBy(this.#readers, spec);
  }

  #pathsReadBy(readers: Neighbours, spec: Spec): readonly Path[] {
    const paths = new Map<string, Path>();
    const heard = recorded(spec, (path) => {
      paths.set(path.join("."), path);
    });
    try {
      this.podsWith(heard, readers);
    } catch {
      return [];
    }
    return [...paths.values()];
  }
}
