import type { types } from "@pulumi/kubernetes";

/** When a check is made, and how often it may fail. */
export interface ProbeTiming {
  /** Seconds. @default 0 */
  readonly initialDelaySeconds?: number;
  /** Seconds. @default 10 */
  readonly periodSeconds?: number;
  /** Seconds. @default 1 */
  readonly timeoutSeconds?: number;
  /** @default 3 */
  readonly failureThreshold?: number;
}

/** A check of a container from outside: over HTTP, or over TCP where it names no path. */
export interface PortProbe extends ProbeTiming {
  /** Path that answers 200 when all is well. Left out: the port has to accept connections. */
  readonly path?: string;
  /** Name of the port. */
  readonly port: string;
}

/** A check of a container from inside, for one that listens on no port. */
export interface CommandProbe extends ProbeTiming {
  /** Ends with 0 when all is well. */
  readonly command: readonly string[];
}

/** A check of a container. */
export type Probe = PortProbe | CommandProbe;

/** Probes of a container: whether it has started, must be restarted, may get requests. (K4) */
export interface Probes {
  /** Left out: the liveness check's, with five minutes to succeed, so that a slow start is no reason for a restart. */
  readonly startup?: Probe;
  readonly liveness: Probe;
  readonly readiness: Probe;
}

/**
 * Timing of a liveness check that asks the same as the readiness check, where the software answers only one question: a
 * container that fails gets no requests within seconds, and is restarted only when it does not recover within a minute.
 */
export const restartedLast = { periodSeconds: 10, failureThreshold: 6 } as const;

export function patient(liveness: Probe): Probe {
  return { ...liveness, initialDelaySeconds: 0, periodSeconds: 10, failureThreshold: 30 };
}

export function probeOf(probe: Probe): types.input.core.v1.Probe {
  if ("command" in probe) {
    const { command, ...timing } = probe;
    return { exec: { command: [...command] }, ...timing };
  }
  const { path, port, ...timing } = probe;
  return path === undefined ? { tcpSocket: { port }, ...timing } : { httpGet: { path, port }, ...timing };
}
