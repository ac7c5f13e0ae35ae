/** Settings of every Kubernetes provider in the program, on all clouds. */
export const kubernetesProviderSettings = {
  /** The API server merges, and tells who owns which field. */
  enableServerSideApply: true,
  /** A changed ConfigMap is updated, not replaced under the pods that use it. */
  enableConfigMapMutable: true,
  /** The same for a Secret whose values are rotated: it is never missing in between. */
  enableSecretMutable: true,
  /** The program owns what it declares: the next `up` reverts a field that was changed by hand. */
  enablePatchForce: true,
} as const;
