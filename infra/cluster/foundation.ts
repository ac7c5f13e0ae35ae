import { PriorityClass } from "@pulumi/kubernetes/scheduling/v1";
import * as pulumi from "@pulumi/pulumi";
import type { Environment } from "../config/environment";
import type { OptionalService } from "../config/platform";
import type { Placed } from "../systems/system";
import type { Cluster } from "./cluster";
import { createNamespace } from "./namespace";
import { placeNamespaces } from "./placement";
import { priorities } from "./priorities";
import { createSnapshotClass } from "./snapshot-class";
import { createStorageClasses } from "./storage-classes";

/** Arguments of {@link ClusterFoundation}. */
export interface ClusterFoundationArgs {
  readonly cluster: Cluster;
  /** What the stack is for: its namespaces, and how much they may use. */
  readonly environment: Environment;
  /** The stack's systems, on whichever of its clusters. */
  readonly systems: readonly Placed[];
  /** Services of the platform that the stack does without: their namespaces are not made. */
  readonly without: readonly OptionalService[];
  /** Whether namespaces are protected from deletion, and volumes of data stores outlive their claims. */
  readonly protectData: boolean;
}

/**
 * What every cluster has before anything is deployed to it: storage classes, priority classes, and the namespaces with
 * their security standards, default-deny policies and limits (C9, A9, B3). On a cluster that another stack owns it only
 * sets the limits of this stack's own namespaces (D3).
 */
export class ClusterFoundation extends pulumi.ComponentResource {
  /** The namespaces that this stack deploys to on the cluster. */
  readonly namespaces: readonly string[];
  private readonly made = new Map<string, pulumi.Resource>();

  constructor(name: string, args: ClusterFoundationArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:cluster:Foundation", name, {}, options);
    const { cluster, environment, systems, without, protectData } = args;
    const child = { parent: this, provider: cluster.provider };

    const classes: pulumi.Resource[] = [];
    if (cluster.owned) {
      createStorageClasses(name, { storage: cluster.storage, protectData }, child);
      createSnapshotClass(name, cluster.storage, child);
      for (const { name: className, value, preempts, description } of priorities) {
        classes.push(
          new PriorityClass(
            `${name}-priority-${className}`,
            {
              metadata: { name: className },
              value,
              description,
              preemptionPolicy: preempts ? "PreemptLowerPriority" : "Never",
            },
            child,
          ),
        );
      }
    }
    const placed = placeNamespaces({ environment, systems, without, cluster });
    for (const namespace of placed) {
      const resource = createNamespace(
        `${name}-namespace-${namespace.declaration.name}`,
        // Pods of a class that is not there yet are refused, and everything waits for its namespace.
        { placed: namespace, protect: protectData, after: classes },
        child,
      );
      if (resource !== undefined) this.made.set(namespace.declaration.name, resource);
    }
    this.namespaces = placed.filter(({ limited }) => limited).map(({ declaration }) => declaration.name);
    this.registerOutputs({ namespaces: this.namespaces });
  }

  /** Whether this stack deploys to the namespace, and therefore declares its network policies. */
  owns(name: string): boolean {
    return this.namespaces.includes(name);
  }

  /** The namespace, for resources that depend on it; undefined where another stack made it. */
  namespace(name: string): pulumi.Resource | undefined {
    return this.made.get(name);
  }
}
