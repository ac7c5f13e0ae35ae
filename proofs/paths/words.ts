import { answerLimits, bodyLimit, firstToGiveUp, type Path } from "./path";

/** What {@link pathWords} says of a path, in its order. */
export const pathColumns = [
  "Host",
  "Name",
  "Edge",
  "Load balancer",
  "Certificate",
  "Answer within",
  "Body",
  "Streams",
  "Rate",
  "WebSockets",
  "Leads to",
];

/**
 * What stands between a visitor and the pods, in words.
 *
 * @param code how hosts and paths are written. Default: as they are
 */
export function pathWords(path: Path, code: (text: string) => string = (text) => text): readonly string[] {
  const { annotations, nginx, edge, balancer } = path;
  const say = (name: string): string | undefined => annotations[`nginx.org/${name}`];
  const [hop, seconds] = firstToGiveUp(path) ?? [];
  const others = Object.entries(answerLimits(path)).filter(([name]) => name !== hop);
  const body = bodyLimit(path);
  const rate = say("limit-req-rate");
  const webSockets = nginx === undefined ? "yes" : say("websocket-services")?.replaceAll(",", ", ");
  return [
    code(path.host),
    path.name,
    edge ? "CloudFront, firewall" : "none",
    balancer.kind,
    path.proven,
    seconds === undefined
      ? "any"
      : `${seconds} s (${hop})${others.map(([name, wait]) => `; ${name} ${wait} s`).join("")}`,
    body === undefined || body === "0" ? "any" : body,
    nginx === undefined || say("proxy-buffering") === "false" ? "yes" : "no",
    rate === undefined ? "none" : `${rate}, ${say("limit-req-burst") ?? "1"} at once`,
    webSockets ?? "no",
    path.backends
      .map(({ path: at, service, port }) => `${at ? `${code(at)} ` : ""}${service}:${port}`)
      .join(", "),
  ];
}
