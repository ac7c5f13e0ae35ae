import type { Model } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { podsBehind } from "./own-balancers";
import { bodyLimit, type Path, secondsOf } from "./path";

const source =
  "F5 NGINX Ingress Controller: annotations; nginx.org: limit_req, proxy_buffering, client_max_body_size";

/** Software behind an Ingress that needs more than its defaults. */
const software: readonly {
  readonly runs: RegExp;
  readonly webSockets?: true;
  /** Prefix of its own paths. */
  readonly path?: string;
}[] = [
  { runs: /(^|\/)grafana\/grafana:/, webSockets: true },
  { runs: /\/tritonserver:/, path: "/v2" },
];

/** What NGINX does to requests on their way to the pods. */
export function atIngress(path: Path, model: Model): readonly Fault[] {
  const { annotations, nginx, entrance, host, balancer } = path;
  if (nginx === undefined) return [];
  const fault = (rule: string, fix: string): Fault => ({
    object: `${nameOf(entrance)}, ${host}`,
    rule,
    source,
    fix,
  });
  const rate = annotations["nginx.org/limit-req-rate"];
  const waits = secondsOf(annotations["nginx.org/proxy-read-timeout"]) ?? 60;
  const own = Object.keys(nginx).length > 0;
  const streams = (nginx["http-snippets"] ?? "").includes("proxy_request_buffering off;");
  return [
    ...(rate !== undefined && annotations["nginx.org/limit-req-burst"] === undefined
      ? [fault(`of requests at once all but one in ${rate} are refused`, "allow a burst")]
      : []),
    ...(rate !== undefined && annotations["nginx.org/limit-req-scale"] !== "true"
      ? [fault(`each of its pods allows ${rate} by itself`, "set nginx.org/limit-req-scale")]
      : []),
    ...(own && !streams && isLarge(bodyLimit(path))
      ? [fault("its uploads are kept on the pod's disk, which has no bound", "hand requests on as they come")]
      : []),
    ...(own && Number(nginx["worker-connections"] ?? 1024) < 4096 && waits >= 300
      ? [fault("a thousand long requests take all connections of a pod", "raise worker-connections")]
      : []),
    ...(balancer.idleSeconds !== undefined && balancer.idleSeconds < waits
      ? [fault(`the ${balancer.kind} ends connections before NGINX does`, "wait for less, or stream")]
      : []),
    ...path.backends.flatMap(({ path: route, service }) =>
      backendFaults(path, model, route, service).map(({ rule, fix }) => fault(rule, fix)),
    ),
  ];
}

/** What is wrong, and how to fix it. */
interface Finding {
  readonly rule: string;
  readonly fix: string;
}

function backendFaults(
  { annotations, entrance }: Path,
  model: Model,
  route: string,
  name: string,
): readonly Finding[] {
  const { cluster, namespace } = entrance;
  const service = model.find({ cluster, kind: "Service", namespace, name });
  const images = (service ? podsBehind(model, service) : []).flatMap(({ pod }) =>
    pod.containers.map(({ image }) => image),
  );
  const upgraded = annotations["nginx.org/websocket-services"]?.split(",").includes(name) === true;
  const rewrites = annotations["nginx.org/rewrites"] ?? "";
  return software
    .filter(({ runs }) => images.some((image) => runs.test(image)))
    .flatMap(({ webSockets, path }): readonly Finding[] => [
      ...(webSockets && !upgraded
        ? [
            {
              rule: `Service ${name} speaks WebSockets, which NGINX does not pass on`,
              fix: "name it in nginx.org/websocket-services",
            },
          ]
        : []),
      ...(path !== undefined &&
      !route.startsWith(path) &&
      !rewrites.includes(`serviceName=${name} rewrite=${path}`)
        ? [
            {
              rule: `Service ${name} knows paths from ${path} on, and gets ${route}: 404`,
              fix: "say nginx.org/rewrites",
            },
          ]
        : []),
    ]);
}

/** Whether bodies may be larger than NGINX can buffer without harm. */
function isLarge(limit: string | undefined): boolean {
  const [, number, unit] = /^(\d+)([kmg]?)$/i.exec(limit ?? "") ?? [];
  const megabytes =
    Number(number) * ({ "": 1 / 2 ** 20, k: 1 / 1024, m: 1, g: 1024 }[unit?.toLowerCase() ?? ""] ?? 1);
  return number === "0" || megabytes > 100;
}
