import type { Taint } from "../cluster/cluster";

/**
 * Keeps pods off nodes that their cloud may take back at any moment, unless they say that they can live there. 000 gives it to
 * its spot workers; here every spot node carries it, so that nothing lands on one by accident. (C4, 000)
 */
export const spotTaint: Taint = { key: "spot-instance", value: "true", effect: "NoSchedule" };

/** Label of the spot nodes that 000 has for batch, and for nothing else. (C4, 000) */
export const batchNodes = { "workload-type": "ai-batch" } as const;

/** Label by which nodes that their cloud may take back (`spot`) and others (`on-demand`) are told apart. (C4, 000) */
export const lifecycleLabel = "lifecycle";
