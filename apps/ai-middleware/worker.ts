import type * as pulumi from "@pulumi/pulumi";
import { workloadImage } from "../workload/images";
import type { CommandProbe } from "../workload/probes";
import { Service } from "../workload/service";
import type { AiMiddlewareContext } from "./context";
import { mongodbAuthority, targets, variables } from "./env";

/** What the application's own image is told to do instead of serving. (003) */
const consume =
  "from src.services.commonServices.queueService.queueService import queue_obj; import asyncio; asyncio.run(queue_obj.consume_messages())";

/** Background workers: they take from the queue what the API left there. (M2, M4, 003) */
export function createWorker(name: string, context: AiMiddlewareContext, parent: pulumi.Resource): Service {
  const { site, config, namespace, rabbitmq } = context;
  const connected = connectedTo(rabbitmq.endpoints.amqp.port);
  return new Service(
    name,
    {
      site,
      namespace,
      workload: "ai-middleware-worker",
      image: workloadImage(site, config.images, "ai-middleware"),
      command: ["python", "-c"],
      args: [consume],
      priority: "serving",
      replicas: 2,
      environment: { ...variables(context), CONSUMER_STATUS: "true" },
      resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "200m", memory: "512Mi" } },
      ...mongodbAuthority(context),
      probes: {
        // A queue that is away for a moment is no reason for a restart, one that a worker does not find again is.
        liveness: { ...connected, periodSeconds: 30, failureThreshold: 10 },
        readiness: { ...connected, periodSeconds: 10 },
      },
      calls: targets(context),
    },
    { parent },
  );
}

/** Where Linux lists the connections of a pod: the other side's port is in hexadecimal, and 01 is an open connection. */
const connections = ["/proc/net/tcp", "/proc/net/tcp6"] as const;

/** A worker listens nowhere; what can be seen of it from outside is whether it holds its connection to the queue. */
function connectedTo(port: number): CommandProbe {
  const open = `:${port.toString(16).toUpperCase().padStart(4, "0")} 01 `;
  return { command: ["grep", "-qs", open, ...connections], timeoutSeconds: 5 };
}
