import { podFactsOf } from "../../facts/of-pod";
import type { PodFacts } from "../../facts/pod";
import { overlaid } from "./container";

/**
 * An operator's pod merged with the custom resource's template, as Kubernetes merges lists of containers: by
 * name. Other containers are added after the operator's.
 */
export function merged(own: PodFacts, template: unknown): PodFacts {
  const { containers, labels, volumes, ...given } = podFactsOf(template);
  const ofName = (name: string) => containers.find((one) => one.name === name);
  const known = own.containers.map((one) => overlaid(one, ofName(one.name)));
  const added = containers.filter((one) => own.containers.every(({ name }) => name !== one.name));
  return {
    ...own,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    labels: { ...own.labels, ...labels },
    volumes: volumes ? [...(own.volumes ?? []), ...volumes] : own.volumes,
    containers: [...known, ...added],
  };
}
