import { clustersIn } from "../clusters";
import type { Fault } from "../fault";
import type { OptionalService } from "../platform";
import { configsOf, type Draft } from "./rule";

/** Services that a stack cannot do without, because of something else that it has. */
export function leftOut({ platform, clusters }: Draft): readonly Fault[] {
  const without = platform?.without ?? [];
  const refused = (service: OptionalService, problem: string, allowed: string): readonly Fault[] => {
    const place = without.indexOf(service);
    return place < 0
      ? []
      : [{ path: ["platform", "without", place], found: JSON.stringify(service), problem, allowed }];
  };
  const configs = configsOf({ clusters });
  return [
    ...clustersIn(configs, "aws").flatMap(({ name }) =>
      refused(
        "mesh",
        `the network agent of EKS (cluster ${name}) opens a Service's address only where a policy names pods by labels that the Service selects by, and stores' Services select by others. In the mesh's tunnel calls pass all the same`,
        "the name left out",
      ),
    ),
    ...Object.entries(configs).flatMap(([name, config]) =>
      "dns" in config && config.dns !== undefined
        ? refused(
            "dns",
            `nothing would write names into the zone of clusters.${name}.dns, and no host would lead to its load balancer`,
            `the name left out; or clusters.${name}.dns left out, with names that people write and certificates by HTTP-01`,
          )
        : [],
    ),
  ];
}
