import type * as pulumi from "@pulumi/pulumi";
import type { Site } from "../../../infra/kit/site";
import { compile } from "../../../infra/network/compile";
import { findObject } from "./objects";
import { type Recorded, record, type SiteChanges } from "./site";

/** What building on a site left behind, and how tests ask for it. */
export interface Recording<T> extends Pick<Recorded<T>, "built" | "objects"> {
  /** The one object of a kind and name; fails the test where there is none. */
  readonly find: (kind: string, name: string) => unknown;
  /** Whether pods with some labels may call others, by the policies of both ends, on a port. */
  readonly allows: (from: Labelled, to: Labelled, port: number) => boolean;
}

/** Pods as their operator labels them. */
export interface Labelled {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * Builds something on a site without any cloud, and records every Kubernetes object and every declared call.
 */
export async function recordOnSite<T>(
  build: (site: Site) => T,
  changes: SiteChanges = {},
): Promise<Recording<T>> {
  const { built, objects, site } = await record(build, changes);
  const policies = compile(site.network.edges, {
    addresses: site.cluster.addresses,
    mesh: false,
    owns: () => true,
  });
  return {
    built,
    objects,
    find: (kind, name) => findObject(objects, kind, name),
    allows: (from, to, port) => {
      const rules = (subject: Labelled, direction: "ingress" | "egress") =>
        policies
          .filter(
            ({ namespace, spec }) =>
              namespace === subject.namespace && selects(spec, "podSelector", subject.labels),
          )
          .flatMap(({ spec }) => listAt(spec, direction));
      const opens = (rule: unknown, end: "from" | "to", other: Labelled) =>
        listAt(rule, "ports").some((each) => valueAt(each, "port") === port) &&
        listAt(rule, end).some(
          (peer) => valueAt(peer, "ipBlock") === undefined && selects(peer, "podSelector", other.labels),
        );
      return (
        rules(from, "egress").some((rule) => opens(rule, "to", to)) &&
        rules(to, "ingress").some((rule) => opens(rule, "from", from))
      );
    },
  };
}

/** The text that an output holds. */
export function textOf(output: pulumi.Output<string>): Promise<string> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

function selects(owner: unknown, key: string, labels: Labelled["labels"]): boolean {
  const selector = valueAt(owner, key);
  if (selector === undefined) return true;
  const wanted = valueAt(selector, "matchLabels") ?? {};
  return Object.entries(wanted).every(([label, value]) => labels[label] === value);
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = valueAt(value, key);
  return Array.isArray(found) ? found : [];
}

function valueAt(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([name]) => name === key)?.[1];
}
