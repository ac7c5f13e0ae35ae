import { type Fault, nameOf } from "../proof";
import type { Path } from "./path";

const source =
  "CloudFront developer guide: origins, restricting access, request headers; AWS WAF: managed rule groups";

/** What CloudFront and its firewall do to requests that the ingress would accept. */
export function behindEdge(path: Path): readonly Fault[] {
  const { edge, annotations, nginx = {}, entrance, host } = path;
  if (edge === undefined) return [];
  const fault = (rule: string, fix: string): Fault => ({
    object: `${nameOf(entrance)}, ${host}`,
    rule,
    source,
    fix,
  });
  const perSecond = Number(/^(\d+)r\/s$/.exec(annotations["nginx.org/limit-req-rate"] ?? "")?.[1]);
  const key = annotations["nginx.org/limit-req-key"] ?? "";
  const refuses =
    (nginx["server-snippets"] ?? "").includes("return 403") &&
    (nginx["http-snippets"] ?? "").includes(`"${host}/"`);
  return [
    ...edge.blocksBodies.map((rule) =>
      fault(`the firewall's ${rule} blocks bodies that the services are meant to get`, "let the rule count"),
    ),
    ...(edge.keys.length === 0 || !refuses
      ? [
          fault(
            "the ingress answers it past CloudFront and its firewall",
            "have NGINX ask for a header that CloudFront alone sends",
          ),
        ]
      : []),
    ...(edge.keys.length === 1
      ? [fault("the one key cannot be changed without refusing requests", "send two, due on different days")]
      : []),
    ...(edge.passesEverything
      ? []
      : [
          fault("CloudFront keeps to itself whom it speaks for", "use AllViewerAndCloudFrontHeaders-2022-06"),
        ]),
    ...(Number.isNaN(perSecond) || edge.requestsPerSecond === undefined || edge.requestsPerSecond >= perSecond
      ? []
      : [
          fault(
            `the ingress allows ${perSecond} requests a second, and the firewall ${edge.requestsPerSecond.toFixed(1)}`,
            "raise edge.requestsPerTenMinutes of the cluster",
          ),
        ]),
    ...(key.includes("remote_addr")
      ? [
          fault(
            "its rate counts CloudFront's addresses, and not visitors",
            "count by what CloudFront says of the visitor",
          ),
        ]
      : []),
  ];
}
