import { z } from "zod";
import type { ContainerFacts, PodFacts } from "../../facts/pod";
import { container, factsOf, overlaid, resources } from "./container";
import { placement, placementOf } from "./placement";
import { securityContext, securityOf } from "./security";

const volume = z.object({
  emptyDir: z.object({ medium: z.string().optional() }).nullish(),
  secret: z.object({ secretName: z.string(), optional: z.boolean().optional() }).optional(),
  configMap: z.object({ name: z.string(), optional: z.boolean().optional() }).optional(),
  persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
  hostPath: z.object({}).optional(),
  projected: z.object({}).optional(),
});

/** A pod template as a custom resource has it. */
export const podTemplate = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()).optional() }).optional(),
  spec: placement
    .extend({
      containers: z.array(container).nullish(),
      initContainers: z.array(container).nullish(),
      securityContext: securityContext.optional(),
      serviceAccountName: z.string().optional(),
      automountServiceAccountToken: z.boolean().optional(),
      terminationGracePeriodSeconds: z.number().optional(),
      hostNetwork: z.boolean().optional(),
      volumes: z.array(volume).nullish(),
      /** Of the whole pod. */
      resources: resources.optional(),
    })
    .optional(),
});

export type PodTemplate = z.infer<typeof podTemplate>;

/**
 * An operator's pod with what the custom resource's template says of it, merged as Kubernetes merges lists of containers: by
 * name. Containers that the operator does not know are added after its own.
 */
export function merged(own: PodFacts, template: PodTemplate | undefined): PodFacts {
  const { spec = {}, metadata } = template ?? {};
  const lists = [
    ...(spec.initContainers ?? []).map((given) => ({ given, init: true })),
    ...(spec.containers ?? []).map((given) => ({ given, init: false })),
  ];
  const ofName = (name: string) => lists.find(({ given }) => given.name === name)?.given;
  const known = own.containers.map((facts) => overlaid(facts, ofName(facts.name)));
  const added = lists
    .filter(({ given }) => own.containers.every(({ name }) => name !== given.name))
    .map(({ given, init }): ContainerFacts => ({ ...factsOf(given), ...(init ? { init } : {}) }));
  const placed = placementOf(spec);
  const volumes = (spec.volumes ?? []).flatMap(volumeText);
  return {
    ...own,
    labels: { ...own.labels, ...metadata?.labels },
    serviceAccount: spec.serviceAccountName ?? own.serviceAccount,
    automountToken: spec.automountServiceAccountToken ?? own.automountToken,
    priorityClass: placed.priorityClass ?? own.priorityClass,
    nodeSelector: placed.nodeSelector ?? own.nodeSelector,
    nodeAffinity: placed.nodeAffinity ?? own.nodeAffinity,
    antiAffinity: placed.antiAffinity ?? own.antiAffinity,
    spread: placed.spread ?? own.spread,
    tolerations: placed.tolerations ?? own.tolerations,
    security: securityOf(spec.securityContext) ?? own.security,
    grace: spec.terminationGracePeriodSeconds ?? own.grace,
    hostNetwork: spec.hostNetwork ?? own.hostNetwork,
    volumes: volumes.length > 0 ? [...(own.volumes ?? []), ...volumes] : own.volumes,
    containers: [...known, ...added],
  };
}

function volumeText(given: z.infer<typeof volume>): readonly string[] {
  const text = (kind: string, name: string, optional: boolean | undefined) =>
    `${kind} ${name}${optional ? " optional" : ""}`;
  if (given.secret) return [text("secret", given.secret.secretName, given.secret.optional)];
  if (given.configMap) return [text("configMap", given.configMap.name, given.configMap.optional)];
  if (given.persistentVolumeClaim) return [`claim ${given.persistentVolumeClaim.claimName}`];
  if (given.hostPath) return ["hostPath"];
  if (given.projected) return ["projected"];
  if (given.emptyDir !== undefined)
    return [given.emptyDir?.medium === "Memory" ? "emptyDir Memory" : "emptyDir"];
  return [];
}
