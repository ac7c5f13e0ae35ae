import { exceptions, namesOf } from "../exemptions/exceptions";
import type { Exception } from "../exemptions/granted";
import { findingsOf, messageOf } from "../findings";
import { objectOf } from "../kubernetes/embedded";
import { defaultsOf, type ResourcePolicy } from "../policy";
import type { Resource } from "../resource";
import { at, unknown, type Value } from "../value";
import { chartNameOf } from "./chart-name";
import { isRelease } from "./releases";
import { type Rendering, render } from "./render";

interface Configuration {
  readonly render: boolean;
  readonly charts: string;
  readonly unjudged: readonly Exception[];
}

/**
 * Applies the policies on Kubernetes objects to what Helm releases create.
 *
 * @param policies those that judge one object at a time; each with the stack's configuration for it
 */
export function helmRendered(
  policies: readonly ResourcePolicy[],
  renderRelease: (release: Value, charts: string) => Rendering = render,
): ResourcePolicy<Configuration> {
  return {
    id: "helm-rendered",
    scope: "resource",
    what: "What Helm releases make in the cluster holds to the policies on Kubernetes objects.",
    why: "Most pods of a platform come from charts, and their defaults are seldom restricted.",
    severity: "medium",
    advisory: true,
    standards: ["K1", "K2", "K4", "K7"],
    remediation: "Set the chart's value for it, or name the chart or its namespace in unjudged.",
    configuration: {
      render: {
        type: "boolean",
        default: false,
        description:
          "Whether charts are rendered, by `helm template`, which takes up to a second for each release. Those that are not on this disk are left alone, and so are releases with values that are not known yet.",
      },
      charts: {
        type: "string",
        default: "",
        description:
          "Folder with charts, as `<chart>` folders or `<chart>-<version>.tgz` archives; a relative path starts where the pack's folder lies. None: that of the environment variable `AI_PLATFORM_CHARTS`.",
      },
      unjudged: exceptions(
        "What is not held to the policies: a namespace or a chart, or one policy there, as `<namespace or chart>` or `<namespace or chart> <policy id>`.",
      ),
    },
    appliesTo: isRelease,
    *validate(release, { render: isWanted, charts, unjudged }, configurationOf = defaultsOf) {
      if (!isWanted) return;
      const left = new Set(namesOf(unjudged));
      const owners = [at(release.properties, "namespace") ?? "default", chartNameOf(release.properties)];
      if (owners.some((owner) => (owner === unknown ? left.size > 0 : left.has(String(owner))))) return;
      const rendering = renderRelease(release.properties, charts || (process.env.AI_PLATFORM_CHARTS ?? ""));
      if (rendering === undefined) return;
      if ("fault" in rendering) {
        yield `the chart does not render: ${rendering.fault}`;
        return;
      }
      const judges = policies
        .filter(({ id }) => !owners.some((owner) => left.has(`${String(owner)} ${id}`)))
        .flatMap((policy): readonly Judge[] => {
          const configuration = configurationOf(policy);
          return configuration === "disabled" ? [] : [{ policy, configuration }];
        });
      for (const object of rendering.objects)
        yield* violations(
          judges,
          objectOf(object, release, at(release.properties, "namespace") ?? "default"),
        );
    },
  };
}

interface Judge {
  readonly policy: ResourcePolicy;
  readonly configuration: object;
}

function* violations(judges: readonly Judge[], object: Resource): Iterable<string> {
  for (const { policy, configuration } of judges) {
    if (!policy.appliesTo(object.type)) continue;
    for (const finding of findingsOf(policy, object, configuration)) {
      yield `${object.label}, ${policy.id}: ${messageOf(finding)}`;
    }
  }
}
