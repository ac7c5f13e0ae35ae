/** How every Kubernetes provider of the program works, whichever cloud its cluster is on. */
export const kubernetesProviderSettings = {
  /** The API server merges, and tells who owns which field. */
  enableServerSideApply: true,
  /** A changed ConfigMap is updated, not replaced under the pods that use it. */
  enableConfigMapMutable: true,
  /** The same for a Secret whose values are rotated: it is never missing in between. */
  enableSecretMutable: true,
  /** The program owns what it declares: a field that somebody changed by hand is taken back by the next `up`. */
  enablePatchForce: true,
} as const;
