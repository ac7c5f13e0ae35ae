/** Generated values that are never renewed, by the ends of their logical names, and why. */
export interface Permanent {
  readonly values: RegExp;
  readonly because: string;
}

/** All of them: every other generated value has a term. */
export const permanent: readonly Permanent[] = [
  {
    values: /-encryption-(encryption|customer)-key$|-backup-bucket-encryption-key$/,
    because: "data and backups are encrypted with it, and cannot be read with another",
  },
  {
    values: /-grafana-admin-secret-key$/,
    because: "Grafana encrypts the secrets of its data sources with it, in its database",
  },
  {
    values: /-grafana-admin-admin-password$/,
    because: "Grafana takes it with its first start alone, and keeps it in its database",
  },
  {
    values: /-harbor-secrets-[A-Za-z_]+$/,
    because:
      "Harbor's parts and its database have them from the first start on; an administrator changes them together",
  },
  {
    values: /-secrets-checksum-key$/,
    because: "it keys checksums of values: another one would roll every pod",
  },
];
