/** 001's targets for answers under load; validation and load test use the same figures. (001) */
export const targets = {
  /** Users at once. */
  users: 10_000,
  /** Seconds that an answer takes on average. */
  averageSeconds: 0.4,
  /** Seconds within which 95 % of the answers come. */
  p95Seconds: 0.8,
  /** Seconds within which 99 % of the answers come. */
  p99Seconds: 1.5,
  /** Share of answers that are errors. */
  errorRate: 0.001,
} as const;
