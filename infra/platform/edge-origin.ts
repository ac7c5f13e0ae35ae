import * as pulumi from "@pulumi/pulumi";
import type { OriginKey } from "../cluster/cluster";
import type { Site } from "../kit/site";
import type { SecretReference } from "../secrets/secret-bundles";
import { ingressNamespace } from "./ingress-class";

/** Two keys that are due on different days: while one is replaced, the other is still accepted. */
const numbers = [1, 2] as const;
type KeyNumber = (typeof numbers)[number];

const bundleOf = (number: KeyNumber): string => `edge-origin-${number}`;
const headerOf = (number: KeyNumber): string => `X-Origin-Key-${number}`;
const variableOf = (number: KeyNumber): string => `$origin_key_${number}`;

/** Where NGINX finds the keys. */
const folder = "/etc/nginx-edge";

/** What CloudFront sends with each request, by which the ingress knows it. None where it does not stand before the ingress. (C13) */
export function originKeys(site: Site): readonly OriginKey[] {
  if (site.cluster.edge === undefined) return [];
  return numbers.map((number) => ({
    header: headerOf(number),
    value: pulumi.secret(site.secrets.value(ingressNamespace, bundleOf(number), "key")),
  }));
}

/** NGINX's variable for the visitor's address on a host behind CloudFront, in the form that the controller takes. */
export const visitorAddress = `$\{visitor}`;

/** What the ingress needs to serve a host behind CloudFront. */
interface EdgeOrigin {
  /** Lines for NGINX's `http` context. */
  readonly http: readonly string[];
  /** Lines for every server. */
  readonly server: readonly string[];
  /** The Secrets that the lines refer to, and where NGINX looks for them. */
  readonly mounts: readonly { readonly secret: SecretReference; readonly path: string }[];
}

/**
 * Makes NGINX refuse requests for the edge's host that did not come through CloudFront: around it there is no
 * firewall, and the header with the client's address could be forged. The keys are files of Secrets, and not
 * in the release's values.
 */
export function edgeOrigin(site: Site): EdgeOrigin {
  const { edge } = site.cluster;
  if (edge === undefined) return { http: [], server: [], mounts: [] };
  const mounts = numbers.map((number) => {
    const key = site.secrets.value(ingressNamespace, bundleOf(number), "key");
    const variable = variableOf(number);
    const header = `$http_${headerOf(number).toLowerCase().replaceAll("-", "_")}`;
    return {
      path: `${folder}/${number}`,
      secret: site.secrets.provide(ingressNamespace, bundleOf(number), {
        "origin.conf": pulumi.interpolate`map ${header} ${variable} { default ""; "${key}" 1; }\n`,
      }),
    };
  });
  return {
    mounts,
    http: [
      ...mounts.map(({ path }) => `include ${path}/origin.conf;`),
      // CloudFront names the visitor's port too, which is another one with each connection.
      `map $http_cloudfront_viewer_address $visitor { default $binary_remote_addr; "~^(?<visitor_address>.+):[0-9]+$" $visitor_address; }`,
      `map "$host/${numbers.map(variableOf).join("")}" $past_the_edge { default 0; "${edge.host}/" 1; }`,
    ],
    server: ["if ($past_the_edge) { return 403; }"],
  };
}
