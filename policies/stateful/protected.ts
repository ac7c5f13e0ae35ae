import type { ResourcePolicy } from "../policy";
import { isStore } from "./types";

export const statefulProtected: ResourcePolicy = {
  id: "stateful-protected",
  scope: "resource",
  what: "Databases, buckets, file systems, keys, clusters and DNS zones are protected from deletion.",
  why: "One wrong rename deletes the old and makes a new one; what it held is gone before anybody reads the plan.",
  severity: "critical",
  standards: ["K6", "R1"],
  remediation: "Set the resource option protect to true; a stack that may lose its data disables the policy.",
  appliesTo: isStore,
  *validate({ protect }) {
    if (!protect) yield "it holds data and is not protected: set the resource option protect to true.";
  },
};
