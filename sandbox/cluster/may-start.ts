/** Annotation of the pods that kwok may start: what they name is there, says the cloud controller. */
export const mayStart = { key: "ai-platform.sandbox/may-start", value: "true" } as const;
