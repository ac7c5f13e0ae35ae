/** Programs that the sandbox runs. */
export const toolNames = [
  "pulumi",
  "kubectl",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "etcd",
  "kwok",
  "helm",
] as const;

export type ToolName = (typeof toolNames)[number];

/** Absolute path of each tool. */
export type Tools = Readonly<Record<ToolName, string>>;

/** The tools that a control plane is made of. */
export const controlPlaneTools = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "etcd",
  "kwok",
] as const satisfies readonly ToolName[];

export type ControlPlaneTools = Pick<Tools, (typeof controlPlaneTools)[number]>;
