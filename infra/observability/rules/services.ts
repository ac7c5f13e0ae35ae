import { type Rules, selectIn } from "./rule";

/** What a system's services tell of the requests that they answer: a counter with the label `status`, and a histogram. */
export interface RequestMetrics {
  readonly requests: string;
  readonly seconds: string;
}

/** As 003 has them, of services that answer HTTP. */
export const httpRequests: RequestMetrics = {
  requests: "http_requests_total",
  seconds: "http_request_duration_seconds",
};

/** A service is told by its namespace and its container, which has the service's name. */
const byService = "by (namespace, container)";

/** A service down for a minute, slow, failing: 001's thresholds, of each service's own requests. (O2, 001, 004) */
export function serviceRules({ requests, seconds }: RequestMetrics): Rules {
  return (scope) => {
    const select = selectIn(scope);
    const { namespace } = scope;
    const service = `namespace="${namespace}",container="a-service"`;
    const deployment = `namespace="${namespace}",deployment="a-service"`;
    const traffic = (good: string, bad: string) => ({
      [`${requests}{${service},status="200"}`]: good,
      [`${requests}{${service},status="503"}`]: bad,
    });
    return {
      name: "services",
      recordings: [
        {
          record: "service:requests:rate5m",
          expr: `sum ${byService} (rate(${select(requests)}[5m]))`,
        },
        {
          // No error at all is no series: then it is 0 of those requests that there are.
          record: "service:errors:rate5m",
          expr: `sum ${byService} (rate(${select(requests, 'status=~"5.."')}[5m])) or ${select("service:requests:rate5m")} * 0`,
        },
        {
          record: "service:latency_seconds:p95_5m",
          expr: `histogram_quantile(0.95, sum by (namespace, container, le) (rate(${select(`${seconds}_bucket`)}[5m])))`,
        },
      ],
      alerts: [
        {
          alert: "ServiceDown",
          // A workload and its container have one name, by which this silences what follows from it.
          expr: `label_replace(max by (namespace, deployment) (${select("kube_deployment_spec_replicas")}) > 0 and max by (namespace, deployment) (${select("kube_deployment_status_replicas_available")}) == 0, "container", "$1", "deployment", "(.+)")`,
          for: "1m",
          severity: "critical",
          summary: "{{ $labels.namespace }}/{{ $labels.container }} is down",
          description: "None of the {{ $value }} replicas that there should be answers.",
          dashboard: "sla",
          fires: {
            series: {
              [`kube_deployment_spec_replicas{${deployment}}`]: "3x5",
              [`kube_deployment_status_replicas_available{${deployment}}`]: "0x5",
            },
            at: "2m",
          },
          quiet: {
            series: {
              [`kube_deployment_spec_replicas{${deployment}}`]: "3x5",
              [`kube_deployment_status_replicas_available{${deployment}}`]: "1x5",
            },
            at: "2m",
          },
        },
        {
          alert: "HighLatency",
          expr: `${select("service:latency_seconds:p95_5m")} > 2`,
          for: "5m",
          severity: "warning",
          summary: "{{ $labels.namespace }}/{{ $labels.container }} is slow",
          description:
            "One request in twenty takes more than {{ $value | humanizeDuration }}; 2 s are allowed.",
          dashboard: "sla",
          fires: { series: latency(seconds, service, "0+10x20", "0+100x20"), at: "15m" },
          quiet: { series: latency(seconds, service, "0+100x20", "0+100x20"), at: "15m" },
        },
        {
          alert: "HighErrorRate",
          expr: `${select("service:errors:rate5m")} / (${select("service:requests:rate5m")} > 0) > 0.001`,
          for: "2m",
          severity: "warning",
          summary: "{{ $labels.namespace }}/{{ $labels.container }} answers with errors",
          description: "{{ $value | humanizePercentage }} of the requests fail; 0.1 % are allowed.",
          dashboard: "sla",
          fires: { series: traffic("0+1000x20", "0+2x20"), at: "10m" },
          quiet: { series: traffic("0+10000x20", "0+2x20"), at: "10m" },
        },
      ],
    };
  };
}

function latency(
  seconds: string,
  service: string,
  quick: string,
  all: string,
): Readonly<Record<string, string>> {
  return {
    [`${seconds}_bucket{${service},le="1"}`]: quick,
    [`${seconds}_bucket{${service},le="5"}`]: all,
    [`${seconds}_bucket{${service},le="+Inf"}`]: all,
  };
}
