/** Where the credentials of a cluster are. */
export interface Kubeconfig {
  readonly file: string;
  /** @default the file's current context */
  readonly context?: string;
}
