import { Ingress } from "@pulumi/kubernetes/networking/v1";
import type * as pulumi from "@pulumi/pulumi";
import { answersWithin } from "../../infra/config/hosts";
import { childOptions, type Site } from "../../infra/kit/site";
import { allowChallenges } from "../../infra/platform/challenges";
import { visitorAddress } from "../../infra/platform/edge-origin";
import { secureHost } from "../../infra/platform/hosts";
import { allowIngress, ingressClass } from "../../infra/platform/ingress-class";
import type { Service } from "./service";

/** NGINX's variable for the client's address, in the form that the controller takes. */
const clientAddress = `$\{binary_remote_addr}`;

/** A path of a host, and who answers there. */
export interface Route {
  /** Beginning of the request's path. */
  readonly path: string;
  readonly service: Service;
  /** Name of the service's port. */
  readonly port: string;
  /** Whether connections stay open in both directions. @default false */
  readonly webSocket?: boolean;
  /** What the service knows the path's beginning by. @default the same */
  readonly rewrite?: string;
}

/** Arguments of {@link createPublicHost}. */
export interface PublicHostArgs {
  readonly site: Site;
  readonly namespace: string;
  /** The Ingress's name. */
  readonly ingress: string;
  readonly host: string;
  /** The Secret that the certificate is kept in. */
  readonly certificate: string;
  readonly routes: readonly Route[];
  /** How much one visitor may ask, of all pods of the ingress together. @default no limit beside the ingress's own */
  readonly rate?: {
    readonly perSecond: number;
    /** Requests at once that are let through though they are above the rate. */
    readonly burst: number;
  };
  /** The largest request. (000, 003: 50m) */
  readonly largestBody: string;
  /** Seconds that an answer may take. (000, 003: 300) */
  readonly timeoutSeconds: number;
}

/**
 * A host name on the internet: TLS only, with a certificate that renews itself, and limits for each client. The words are
 * those of F5's NGINX ingress controller. (P1, A8, M1)
 */
export function createPublicHost(
  name: string,
  { site, namespace, host, routes, timeoutSeconds, ...args }: PublicHostArgs,
  parent: pulumi.Resource,
): Ingress {
  allowChallenges(site, namespace, host);
  const edge = site.cluster.edge?.host === host ? site.cluster.edge : undefined;
  const rewritten = routes.filter(({ rewrite }) => rewrite !== undefined);
  const webSockets = routes.filter(({ webSocket }) => webSocket);
  const rules = routes.map(({ path, service, port }) => {
    const endpoint = service.endpoint(port);
    allowIngress(site, endpoint.pods, endpoint.podPort ?? endpoint.port);
    return {
      path,
      pathType: "Prefix",
      backend: { service: { name: service.serviceName ?? "", port: { number: endpoint.port } } },
    };
  });
  return new Ingress(
    name,
    {
      metadata: {
        name: args.ingress,
        namespace,
        annotations: {
          // Nothing here needs the address, and the ingress controller may come up after its first Ingress.
          "pulumi.com/skipAwait": "true",
          ...secureHost(site, host),
          "nginx.org/redirect-to-https": "true",
          // cert-manager adds a path while it proves that the host is ours, and so has the rules when it is done.
          "pulumi.com/patchForce": "true",
          "nginx.org/client-max-body-size": args.largestBody,
          [answersWithin]: `${Math.min(timeoutSeconds, edge?.answerTimeoutSeconds ?? timeoutSeconds)}s`,
          "nginx.org/proxy-read-timeout": `${timeoutSeconds}s`,
          "nginx.org/proxy-send-timeout": `${timeoutSeconds}s`,
          // Tokens of a model reach the visitor as they are made.
          "nginx.org/proxy-buffering": "false",
          ...(args.rate && {
            "nginx.org/limit-req-rate": `${args.rate.perSecond}r/s`,
            "nginx.org/limit-req-burst": String(args.rate.burst),
            "nginx.org/limit-req-no-delay": "true",
            // Each pod counts for itself: the rate is divided by their number.
            "nginx.org/limit-req-scale": "true",
            "nginx.org/limit-req-key": edge === undefined ? clientAddress : visitorAddress,
            "nginx.org/limit-req-zone-size": "10m",
          }),
          ...(rewritten.length > 0 && {
            "nginx.org/rewrites": rewritten
              .map(({ service, rewrite }) => `serviceName=${service.serviceName} rewrite=${rewrite}`)
              .join(";"),
          }),
          ...(webSockets.length > 0 && {
            "nginx.org/websocket-services": webSockets.map(({ service }) => service.serviceName).join(","),
          }),
        },
      },
      spec: {
        ingressClassName: ingressClass,
        tls: [{ hosts: [host], secretName: args.certificate }],
        rules: [{ host, http: { paths: rules } }],
      },
    },
    childOptions(parent, site, namespace),
  );
}
