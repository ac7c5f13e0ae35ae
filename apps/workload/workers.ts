import { Service } from "@pulumi/kubernetes/core/v1";
import type { ChildOptions } from "../../infra/kit/site";
import { selectorOf } from "./pod";
import { podsOf, type WorkloadArgs } from "./workload";

/** Where the first worker waits for the others: the port that `torchrun` takes by default. */
const rendezvousPort = 29_500;

type Workers = Omit<WorkloadArgs, "priority">;

function serviceName({ workload }: Pick<Workers, "workload">): string {
  return `${workload}-workers`;
}

/**
 * A job whose pods work together. Each has a name in the cluster's DNS, the Job's own with its number, and is told by the variables
 * that `torchrun` sets and `torch.distributed` reads how many they are, which of them it is, and where the first one waits. What they
 * exchange goes over ports that their libraries choose, and so over any.
 */
export function withWorkers<Args extends Workers>(args: Args, workers: number): Args {
  const { namespace } = args;
  const self = podsOf(args);
  return {
    ...args,
    spread: "one-per-node",
    ports: { ...args.ports, rendezvous: rendezvousPort },
    environment: {
      ...args.environment,
      JOB_NAME: { field: "metadata.labels['batch.kubernetes.io/job-name']" },
      RANK: { field: "metadata.labels['batch.kubernetes.io/job-completion-index']" },
      LOCAL_RANK: "0",
      WORLD_SIZE: String(workers),
      // A run's name is known when it is made, and to its pods alone.
      MASTER_ADDR: `$(JOB_NAME)-0.${serviceName(args)}.${namespace}.svc`,
      MASTER_PORT: String(rendezvousPort),
    },
    calls: [...(args.calls ?? []), { party: self, ports: [] }],
    pod: (spec) => ({ ...(args.pod?.(spec) ?? spec), subdomain: serviceName(args) }),
  };
}

/** What gives the pods of a run their names, before they are Ready too: the first one does not answer until all have found it. */
export function createWorkersService(name: string, args: Workers, options: ChildOptions): Service {
  const { namespace, workload } = args;
  return new Service(
    `${name}-workers`,
    {
      metadata: {
        name: serviceName(args),
        namespace,
        labels: selectorOf(workload),
        // There are pods only while a run is under way.
        annotations: { "pulumi.com/skipAwait": "true" },
      },
      spec: {
        clusterIP: "None",
        publishNotReadyAddresses: true,
        selector: selectorOf(workload),
        ports: [{ name: "rendezvous", port: rendezvousPort, targetPort: "rendezvous", protocol: "TCP" }],
      },
    },
    options,
  );
}
