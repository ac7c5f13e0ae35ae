import { z } from "zod";

/** A cluster that exists already: kind, minikube, or any other that a kubeconfig context reaches (C1). */
export const localSchema = z
  .strictObject({
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
      .strictObject({
        model: z
          .string()
          .min(1)
          .describe("The card, as its vendor names it. (C1)")
          .meta({ examples: ["T4"] }),
        count: z
          .int()
          .min(1)
          .max(16)
          .describe("Cards in each node. (C1)")
          .meta({ examples: [1] }),
      })
      .optional()
      .describe("The NVIDIA cards in the cluster's nodes. Left out: the cluster has none. (C1)"),
  })
  .describe("A cluster that exists already and that a kubeconfig context reaches. (C1, D1)");

/** The `local` section of a stack's configuration. */
export type LocalConfig = z.infer<typeof localSchema>;

/** The name of the one pool that the nodes of a local cluster count as. */
export const localPoolName = "default";
