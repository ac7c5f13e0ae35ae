/** What the platform calls pods for, or is called for. */
export const platformPurposes = ["monitoring", "operators", "backups", "certificates"] as const;

export type PlatformPurpose = (typeof platformPurposes)[number];

/** Why a call is made: for the system's own work, or for the platform that looks after it. */
export type Purpose = "own" | PlatformPurpose;

/** An end of a call. */
export interface Party {
  readonly id: string;
  readonly name: string;
  /** `outside`: of another namespace, or not in the cluster at all. */
  readonly role: "service" | "store" | "outside";
}

export interface Call {
  /** Of the party that calls. */
  readonly from: string;
  /** Of the party that is called. */
  readonly to: string;
  readonly ports: readonly number[];
  readonly purpose: Purpose;
}

/** Calls in one system, as its network policies allow them. */
export interface SystemGraph {
  readonly system: string;
  /** As its cloud calls it. */
  readonly cluster: string;
  readonly parties: readonly Party[];
  readonly calls: readonly Call[];
}
