import { z } from "zod";
import { eksAmiTypes } from "../../facts/aws-eks";
import { awsInstanceTypes } from "../../facts/aws-instance-types";
import { namesOf } from "../../facts/names";

const labelKey = z
  .string()
  .regex(/^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, "a Kubernetes label name");

const labelValue = z
  .string()
  .regex(
    /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/,
    "a Kubernetes label value of at most 63 characters",
  );

/** One entry of the `nodePools` of a cluster of EKS. */
export const awsNodePoolSchema = z
  .strictObject({
    instanceTypes: z
      .array(z.enum(namesOf(awsInstanceTypes)))
      .min(1)
      .max(20)
      .describe(
        "EC2 instance types, all of one size and architecture; on-demand takes the first that is available. (C3, C4)",
      )
      .meta({ examples: [["c7i.2xlarge", "c6i.2xlarge", "c7a.2xlarge"]] }),
    minimum: z
      .int()
      .min(0)
      .describe("Fewest nodes that the autoscaler leaves. (C3, C10)")
      .meta({ examples: [3] }),
    desired: z
      .int()
      .min(0)
      .describe("Nodes at first; from then on the autoscaler decides. (C3, C10)")
      .meta({ examples: [3] }),
    maximum: z
      .int()
      .min(1)
      .max(450)
      .describe("Most nodes that the autoscaler starts. (C3, C10)")
      .meta({ examples: [20] }),
    onDemandPercent: z
      .int()
      .min(0)
      .max(100)
      .default(100)
      .describe(
        "Share of the nodes that AWS cannot take back, rounded up; the rest are spot. 0 is a spot pool, 20 the base of 001. (C4)",
      )
      .meta({ examples: [100, 20, 0] }),
    diskGiB: z
      .int()
      .min(20)
      .max(2000)
      .default(100)
      .describe("Size of each node's disk, in GiB: images, logs and emptyDirs. (C6)")
      .meta({ examples: [100] }),
    zones: z
      .array(z.string())
      .min(1)
      .optional()
      .describe("Zones to spread over. Left out: all of `network.zones`. (C3)")
      .meta({ examples: [["us-east-1a", "us-east-1b"]] }),
    amiType: z
      .enum(namesOf(eksAmiTypes))
      .optional()
      .describe(
        "Image of the nodes. Left out: Amazon Linux 2023 for the types' architecture, with NVIDIA's driver where they have GPUs. (C3)",
      )
      .meta({ examples: ["AL2023_x86_64_NVIDIA"] }),
    labels: z
      .record(labelKey, labelValue)
      .default({})
      .describe(
        "Labels of the nodes. The program adds `lifecycle` (spot or on-demand) and, with GPUs, `accelerator: nvidia-gpu`. (C4, 000)",
      )
      .meta({ examples: [{ "workload-type": "ai-batch" }] }),
    taints: z
      .array(
        z.strictObject({
          key: labelKey.describe("Name of the taint. (C4)").meta({ examples: ["dedicated"] }),
          value: labelValue
            .default("")
            .describe("Value of the taint. (C4)")
            .meta({ examples: ["true"] }),
          effect: z
            .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
            .describe("What happens to pods that do not tolerate it. (C4)")
            .meta({ examples: ["NoSchedule"] }),
        }),
      )
      .default([])
      .describe(
        "Taints of the nodes. The program adds `nvidia.com/gpu` on nodes with GPUs, and `spot-instance` on spot nodes. (C4, 000)",
      )
      .meta({ examples: [[{ key: "dedicated", value: "data", effect: "NoSchedule" }]] }),
  })
  .describe("A group of like nodes. (C2, C3, C4)");

/** One entry of the `nodePools` of a cluster of EKS, complete. */
export type AwsNodePoolConfig = z.infer<typeof awsNodePoolSchema>;
