import type { BucketPurpose } from "./cluster";

/** What a service account may do with a bucket, or a folder of it, whichever cloud keeps it. (C6) */
export interface BucketGrant {
  readonly serviceAccount: string;
  readonly namespace: string;
  readonly bucket: BucketPurpose;
  /**
   * `read`; `add`, which reads and writes; `rotate`, which also deletes: what is gone stays as an earlier version until the bucket's
   * lifecycle ends it.
   */
  readonly access: "read" | "add" | "rotate";
  /** The folder, for example `search/documents`: nothing outside of it is open. */
  readonly folder: string;
}
