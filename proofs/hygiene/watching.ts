import { at, listAt, textAt } from "../../model/facts/read";
import type { ModelObject } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";

type Found = Pick<Fault, "rule" | "fix">;

/** The operator's checks: what they refuse is not loaded, and nothing says so but its log. */
export const watchingIsTaken: Check = ({ model }) =>
  sum([
    each(written(model.of("PrometheusRule")), (rule) => faults(rule, ruleFaults(rule))),
    each(written(model.of("ServiceMonitor", "PodMonitor")), (monitor) =>
      faults(monitor, paceFaults(monitor)),
    ),
  ]);

function written(objects: readonly ModelObject[]): readonly ModelObject[] {
  return objects.filter(({ manifest }) => manifest !== undefined);
}

function faults(object: ModelObject, found: readonly Found[]): readonly Fault[] {
  return found.map(({ rule, fix }) => ({
    object: nameOf(object),
    rule,
    source:
      "prometheus-operator: rules and endpoints are validated before they are written; Prometheus, configuration",
    fix,
  }));
}

function ruleFaults({ manifest }: ModelObject): readonly Found[] {
  const groups = listAt(manifest, "spec", "groups");
  const names = groups.flatMap((group) => textAt(group, "name") ?? []);
  const times = groups.flatMap((group) => [
    ...["interval", "query_offset"].map((field) => textAt(group, field)),
    ...listAt(group, "rules").flatMap((rule) =>
      ["for", "keep_firing_for"].map((field) => textAt(rule, field)),
    ),
  ]);
  return [
    ...names
      .filter((name, index) => names.indexOf(name) < index)
      .map((name) => ({
        rule: `two of its groups are called ${name}: it is refused`,
        fix: "name each otherwise",
      })),
    ...times.flatMap((time) =>
      time === undefined || secondsOf(time) !== undefined
        ? []
        : [{ rule: `"${time}" is no duration of Prometheus: it is refused`, fix: "write 30s, 5m or 1h30m" }],
    ),
  ];
}

function paceFaults({ manifest }: ModelObject): readonly Found[] {
  const endpoints = [
    ...listAt(manifest, "spec", "endpoints"),
    ...listAt(manifest, "spec", "podMetricsEndpoints"),
  ];
  return endpoints.flatMap((endpoint) => {
    const [interval, timeout] = [textAt(endpoint, "interval"), textAt(endpoint, "scrapeTimeout")];
    const [every, most] = [secondsOf(interval ?? ""), secondsOf(timeout ?? "")];
    return every !== undefined && most !== undefined && most > every
      ? [
          {
            rule: `it scrapes every ${interval} and waits ${timeout} for an answer: it is refused`,
            fix: "let scrapeTimeout be no more than interval",
          },
        ]
      : at(endpoint, "interval") !== undefined && every === undefined
        ? [{ rule: `"${interval}" is no duration of Prometheus: it is refused`, fix: "write 30s or 1m" }]
        : [];
  });
}

const units = { y: 31_536_000, w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, ms: 0.001 };

/** Seconds of a duration as Prometheus writes it: units from large to small, each once. */
function secondsOf(text: string): number | undefined {
  const found =
    /^(?:(?<y>\d+)y)?(?:(?<w>\d+)w)?(?:(?<d>\d+)d)?(?:(?<h>\d+)h)?(?:(?<m>\d+)m)?(?:(?<s>\d+)s)?(?:(?<ms>\d+)ms)?$/.exec(
      text,
    );
  if (text === "" || found === null) return undefined;
  return Object.entries(units).reduce(
    (total, [unit, seconds]) => total + Number(found.groups?.[unit] ?? 0) * seconds,
    0,
  );
}
