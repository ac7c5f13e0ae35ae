/** The user and group that every workload runs as, and so the owner of the files that workloads share. (003) */
export const workloadUser = 1001;
