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

/** Programs that tests alone run: whoever only brings a stack up does not wait until they are built. */
export const testToolNames = ["promtool", "actionlint"] as const;

export type ToolName = (typeof toolNames)[number] | (typeof testToolNames)[number];

/** Absolute path of each tool that the sandbox runs. */
export type Tools = Readonly<Record<(typeof toolNames)[number], string>>;

/** The tools that a control plane is made of. */
export const controlPlaneTools = [
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "etcd",
  "kwok",
] as const satisfies readonly ToolName[];

export type ControlPlaneTools = Pick<Tools, (typeof controlPlaneTools)[number]>;
