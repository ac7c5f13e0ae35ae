import { z } from "zod";

/** A cluster that exists already: kind, minikube, or any other that a kubeconfig context reaches (C1). */
export const localSchema = z
  .strictObject({
    cloud: z
      .literal("local")
      .describe("The cluster exists already.")
      .meta({ examples: ["local"] }),
    context: z
      .string()
      .min(1)
      .describe("Context of the kubeconfig that `KUBECONFIG` (or `~/.kube/config`) names. (C1)")
      .meta({ examples: ["kind-ai-platform", "ai-platform-dev"] }),
    storageProvisioner: z
      .string()
      .min(1)
      .default("rancher.io/local-path")
      .describe(
        "Provisioner behind the storage classes fast-ssd and standard. The default is kind's; minikube has `k8s.io/minikube-hostpath`. (C9)",
      )
      .meta({ examples: ["rancher.io/local-path", "k8s.io/minikube-hostpath"] }),
    existingStorageClasses: z
      .array(z.enum(["fast-ssd", "standard"]))
      .default([])
      .describe(
        "Storage classes that the cluster brings itself and this program leaves alone; kind and minikube bring `standard`. (C9)",
      )
      .meta({ examples: [["standard"]] }),
    gpu: z
      .boolean()
      .default(false)
      .describe("Whether each node has a card of the development class, one NVIDIA T4. (C1)")
      .meta({ examples: [true] }),
  })
  .describe("A cluster that exists already and that a kubeconfig context reaches. (C1, D1)");

/** The configuration of a cluster that exists already. */
export type LocalConfig = z.infer<typeof localSchema>;

/** The name of the one pool that the nodes of a local cluster count as. */
export const localPoolName = "default";

/** The cards in each node of a local cluster that has any (C1). */
export const localGpu = { model: "T4", count: 1 } as const;
