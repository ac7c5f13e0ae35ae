/** Label of every node with NVIDIA cards that the program makes, on every cloud. (000) */
export const acceleratorLabel = { accelerator: "nvidia-gpu" } as const;
