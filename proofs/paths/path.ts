import { z } from "zod";
import { at, mapAt, textsAt } from "../../model/facts/read";
import type { ModelObject } from "../../model/model";
import { domainHolds, issuerSpec, solverOf } from "../../model/operators/cert-manager/issuer";
import { ownersObjects, ownersPlans } from "../networks/owners";
import type { Evidence } from "../proof";
import { type Edge, edgesOf } from "./edge";

/** Who creates the record of a host. */
export type Name = "the stack" | "external-dns" | "people";

/** How a host is proven to its certificate's issuer. */
export type Proven = "DNS-01" | "HTTP-01" | "ACM" | "the cluster itself" | "nothing";

/** The way of a visitor's request, from a host's name to the pods. */
export interface Path {
  readonly host: string;
  readonly cluster: string;
  /** The Ingress, or the Service with its own load balancer. */
  readonly entrance: ModelObject;
  readonly annotations: Readonly<Record<string, string>>;
  readonly name: Name;
  readonly edge: Edge | undefined;
  readonly balancer: Balancer;
  /** NGINX's settings for all hosts; undefined where the load balancer leads straight to the pods. */
  readonly nginx: Readonly<Record<string, string>> | undefined;
  readonly proven: Proven;
  /** Services and ports behind it. */
  readonly backends: readonly {
    readonly path: string;
    readonly service: string;
    readonly port: number | string;
  }[];
}

/** The load balancer between the internet and the cluster. */
export interface Balancer {
  readonly kind: "NLB" | "NodeBalancer" | "node port";
  /** Seconds without a byte after which it closes a connection; undefined where that is not documented. */
  readonly idleSeconds?: number;
}

/** Network Load Balancers: connection idle timeout, of TCP and TLS listeners. */
const balancers: Readonly<Record<string, Balancer>> = {
  aws: { kind: "NLB", idleSeconds: 350 },
  linode: { kind: "NodeBalancer" },
};
const laptop: Balancer = { kind: "node port" };

const release = z.looseObject({
  name: z.string(),
  values: z.looseObject({}).optional(),
});

/** The annotation with which external-dns finds a Service's name. */
const recordAnnotation = "external-dns.alpha.kubernetes.io/hostname";

/** Every public host of a stack, with everything in front of it. */
export function pathsOf({ model, plan }: Evidence): readonly Path[] {
  const objects = [...model.objects, ...ownersObjects(plan)];
  const edges = plan ? edgesOf(plan) : [];
  const releases = [plan ?? [], ...ownersPlans(plan).map((owners) => owners.plan)]
    .flat()
    .flatMap((one) => one.all("kubernetes:helm.sh/v3:Release", release));
  const releaseOf = (cluster: string, name: string): unknown =>
    releases.find((one) => one.inputs.name === name && one.provider === `${cluster}-kubernetes`)?.inputs
      .values;
  const nginxOf = (cluster: string): Readonly<Record<string, string>> =>
    mapAt(releaseOf(cluster, "nginx-ingress"), "controller", "config", "entries") ?? {};
  const records = plan?.all("aws:route53/record:Record", z.looseObject({ name: z.unknown() })) ?? [];
  const nameOf = (cluster: string, host: string): Name => {
    if (records.some(({ inputs }) => inputs.name === host)) return "the stack";
    const dns = releaseOf(cluster, "external-dns");
    return textsAt(dns, "domainFilters").some((domain) => domainHolds(domain, host)) &&
      !textsAt(dns, "excludeDomains").includes(host)
      ? "external-dns"
      : "people";
  };
  const common = (entrance: ModelObject, host: string) => ({
    host,
    cluster: entrance.cluster,
    entrance,
    annotations: entrance.annotations ?? mapAt(entrance.manifest, "metadata", "annotations") ?? {},
    name: nameOf(entrance.cluster, host),
    edge: edges.find(({ hosts }) => hosts.includes(host)),
    balancer: balancers[entrance.cluster] ?? laptop,
  });
  const byIngress = model.of("Ingress").flatMap((ingress) =>
    [...new Set((ingress.routes ?? []).flatMap(({ host }) => host ?? []))].map((host): Path => {
      const base = common(ingress, host);
      const asked = base.annotations["cert-manager.io/cluster-issuer"];
      const issuer = objects.find(
        ({ kind, cluster, name }) =>
          kind === "ClusterIssuer" && cluster === ingress.cluster && name === asked,
      );
      return {
        ...base,
        nginx: nginxOf(ingress.cluster),
        proven: provenBy(issuer, host),
        backends: (ingress.routes ?? [])
          .filter((route) => route.host === host)
          .map(({ path = "/", service, port }) => ({ path, service, port })),
      };
    }),
  );
  const byService = model.of("Service").flatMap((service) => {
    const annotations = mapAt(service.manifest, "metadata", "annotations") ?? {};
    const hosts = annotations[recordAnnotation]?.split(",") ?? [];
    return hosts.map(
      (host): Path => ({
        ...common(service, host),
        nginx: undefined,
        proven: annotations["service.beta.kubernetes.io/aws-load-balancer-ssl-cert"] ? "ACM" : "nothing",
        backends: (service.ports ?? []).map(({ port }) => ({ path: "", service: service.name, port })),
      }),
    );
  });
  return [...byIngress, ...byService].sort((one, other) => (one.host < other.host ? -1 : 1));
}

function provenBy(issuer: ModelObject | undefined, host: string): Proven {
  const spec = issuerSpec.safeParse(at(issuer?.manifest, "spec")).data;
  if (spec === undefined) return "nothing";
  if (spec.acme === undefined) return "the cluster itself";
  const solver = solverOf(spec, host);
  if (solver?.dns01 !== undefined) return "DNS-01";
  return solver?.http01 === undefined ? "nothing" : "HTTP-01";
}

/** `300s`, `5m` or `300` in seconds; undefined for other texts. */
export function secondsOf(duration: string | undefined): number | undefined {
  const [, number, unit] = /^(\d+)(s|m)?$/.exec(duration ?? "") ?? [];
  return number === undefined ? undefined : Number(number) * (unit === "m" ? 60 : 1);
}

/** NGINX's own defaults. */
const nginxDefaults = { answer: "60s", body: "1m" } as const;

/** Seconds without an answer after which each hop gives up, by hop. */
export function answerLimits(path: Path): Readonly<Record<string, number>> {
  const { annotations, nginx, edge, balancer } = path;
  const read = secondsOf(
    annotations["nginx.org/proxy-read-timeout"] ?? nginx?.["proxy-read-timeout"] ?? nginxDefaults.answer,
  );
  return {
    ...(edge && { CloudFront: edge.answerSeconds }),
    ...(balancer.idleSeconds !== undefined && { [balancer.kind]: balancer.idleSeconds }),
    ...(nginx && read !== undefined && { NGINX: read }),
  };
}

/** The largest body that NGINX accepts, as configured; `0` means any. */
export function bodyLimit({ annotations, nginx }: Path): string | undefined {
  return (
    nginx &&
    (annotations["nginx.org/client-max-body-size"] ?? nginx["client-max-body-size"] ?? nginxDefaults.body)
  );
}

/** The hop that gives up first, and after how many seconds; undefined when none is known. */
export function firstToGiveUp(path: Path): readonly [hop: string, seconds: number] | undefined {
  return Object.entries(answerLimits(path)).toSorted(([, one], [, other]) => one - other)[0];
}
