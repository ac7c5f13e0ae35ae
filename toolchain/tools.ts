/** Programs that the sandbox runs, in the order in which a run needs them: control planes start before the engine. */
export const toolNames = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "pulumi",
  "kubectl",
  "helm",
] as const;

/** Programs that only tests run: bringing a stack up does not wait for them. */
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

/** Tools in the order in which a run needs them; those of tests come last. */
export function inOrderOfNeed<Name extends ToolName>(names: readonly Name[]): readonly Name[] {
  const order: readonly ToolName[] = [...toolNames, ...testToolNames];
  return names.toSorted((left, right) => order.indexOf(left) - order.indexOf(right));
}
