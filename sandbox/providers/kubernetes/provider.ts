import type { Component, ConfiguredProvider, ConstructOptions, ResourceReference, Values } from "../standin";
import type { Objects } from "./objects";
import type { Releases } from "./release/releases";
import type { ManifestComponents } from "./yaml/components";

type Lifecycle = Omit<ConfiguredProvider, "invoke" | "construct">;

const releaseType = "kubernetes:helm.sh/v3:Release";

/** A configured provider: Helm releases and manifests go their own way, everything else is an object of the API server. */
export class KubernetesProvider implements ConfiguredProvider {
  constructor(
    private readonly objects: Objects,
    private readonly releases: Releases,
    private readonly manifests: ManifestComponents,
  ) {}

  check(...args: Parameters<Lifecycle["check"]>): ReturnType<Lifecycle["check"]> {
    return this.of(args[0]).check(...args);
  }

  diff(...args: Parameters<Lifecycle["diff"]>): ReturnType<Lifecycle["diff"]> {
    return this.of(args[0]).diff(...args);
  }

  create(...args: Parameters<Lifecycle["create"]>): ReturnType<Lifecycle["create"]> {
    return this.of(args[0]).create(...args);
  }

  read(...args: Parameters<Lifecycle["read"]>): ReturnType<Lifecycle["read"]> {
    return this.of(args[0]).read(...args);
  }

  update(...args: Parameters<Lifecycle["update"]>): ReturnType<Lifecycle["update"]> {
    return this.of(args[0]).update(...args);
  }

  delete(...args: Parameters<Lifecycle["delete"]>): ReturnType<Lifecycle["delete"]> {
    return this.of(args[0]).delete(...args);
  }

  async invoke(token: string): Promise<Values> {
    throw new Error(
      `the sandbox's kubernetes provider does not offer ${token}; use kubernetes.helm.v3.Release for charts, ` +
        "kubernetes.yaml.v2.ConfigFile for manifests, or the objects' own classes",
    );
  }

  construct(component: Component, inputs: Values, options: ConstructOptions): Promise<Values> {
    return this.manifests.construct(component, inputs, options);
  }

  private of({ type }: ResourceReference): Lifecycle {
    return type === releaseType ? this.releases : this.objects;
  }
}
