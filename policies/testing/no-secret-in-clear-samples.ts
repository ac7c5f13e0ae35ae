import type { Value } from "../value";
import type { Sample } from "./cases";
import { container, pod } from "./samples";

export function withEnvironment(...env: readonly Value[]): Sample {
  return pod({ containers: [container({ env })] });
}

export function configMap(data: Value): Sample {
  return { type: "kubernetes:core/v1:ConfigMap", properties: { metadata: { name: "settings" }, data } };
}

/** Two documents; nothing in them has the name of a secret. */
export const manifests =
  "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  connection: a1b2c3d4\n";

export function variable(name: string, what: string): string {
  return `app: container "app": spec.containers[0].env[0] ${name} is ${what}: use valueFrom.secretKeyRef.`;
}

/** Commands whose password is in a word by itself. */
export const wordByWord: Sample = pod({
  containers: [
    container({
      command: ["redis-cli"],
      args: ["-a", "hunter2secret", "ping"],
      livenessProbe: { exec: { command: ["mysqladmin", "ping", "-uroot", "-phunter2secret"] } },
    }),
  ],
});

/** Commands with options that look like one. */
export const withoutPasswords: Sample = pod({
  containers: [
    container({
      command: ["mysql", "-P", "3306", "-P3307", "-p$(PASSWORD)"],
      livenessProbe: { exec: { command: ["mysqladmin", "ping", "-h", "127.0.0.1"] } },
    }),
  ],
});
