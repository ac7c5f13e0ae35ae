import { Failure } from "../../cli/failure";
import type { Environment } from "../../infra/config/environment";
import { withForward } from "../cluster/forward";
import { concernsOf } from "../cluster/live-cluster";
import { readStackFacts } from "../stack-facts";
import { findTargets, type TargetOptions } from "../target";

/** What happened to a stack, for auditors. */
export interface AuditEvent {
  readonly action: string;
  readonly outcome: string;
  readonly actor: string;
  readonly commit: string;
  /** Link to the workflow's run. */
  readonly run: string;
}

/** Port of Loki's API on its Service. */
const lokiPort = 3100;

/**
 * Writes the event into the Loki of each of the stack's clusters, as its environment's tenant. (G1, 002 "Events logged to Loki")
 *
 * @throws Failure when a Loki cannot be reached, or refuses it
 */
export async function auditEvent(options: TargetOptions, event: AuditEvent): Promise<boolean> {
  const facts = readStackFacts(options.projectDirectory, options.stack);
  const { environment } = facts;
  const { clusters } = await findTargets(options);
  for (const { kubeconfig, name, placement } of clusters) {
    const { logging } = concernsOf({ facts, placement });
    const place = { namespace: logging, service: "loki", port: lokiPort };
    const body = entry(options.stack, event, new Date());
    await withForward(kubeconfig, place, (baseUrl) => push(baseUrl, environment, body));
    process.stdout.write(`${name}: ${event.action} ${event.outcome} is in Loki, tenant ${environment}\n`);
  }
  return true;
}

/** The event in Loki's form: a stream with few labels, and a line with the rest. */
export function entry(stack: string, event: AuditEvent, now: Date) {
  const nanoseconds = `${now.getTime()}000000`;
  return {
    streams: [
      {
        stream: { job: "audit", stack, action: event.action, outcome: event.outcome },
        values: [[nanoseconds, JSON.stringify({ time: now.toISOString(), stack, ...event })]],
      },
    ],
  };
}

async function push(baseUrl: string, tenant: Environment, body: ReturnType<typeof entry>): Promise<void> {
  const response = await fetch(`${baseUrl}/loki/api/v1/push`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-scope-orgid": tenant },
    body: JSON.stringify(body),
  });
  if (!response.ok) {
    throw new Failure(`Loki refused the event: HTTP ${response.status} ${await response.text()}`);
  }
}
