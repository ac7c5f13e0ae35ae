import type { CustomResourceOptions } from "@pulumi/pulumi";
import type { Site } from "../kit/site";

/** Keeps a store from being deleted, and its objects when the stack is, where data is protected. (K6) */
export function keptWithData({
  protectData,
}: Site): Pick<CustomResourceOptions, "protect" | "retainOnDelete"> {
  return { protect: protectData, retainOnDelete: protectData };
}
