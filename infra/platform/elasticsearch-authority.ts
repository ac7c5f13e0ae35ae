import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type Site } from "../kit/site";

/** Arguments of {@link ElasticsearchAuthority}. */
export interface ElasticsearchAuthorityArgs {
  readonly site: Site;
  /** What makes certificates. */
  readonly certificates: pulumi.Resource;
}

const apiVersion = "cert-manager.io/v1";
/** The Secrets of issuers that serve every namespace are in cert-manager's own. */
const namespace = "cert-manager";
const authority = "elasticsearch-authority";
const selfSigned = "elasticsearch-self-signed";
const day = 24;

/** Key of a certificate's Secret under which its authority's certificate is. */
export const authorityKey = "ca.crt";

/**
 * An authority for Elasticsearch alone. Who writes to it is in another namespace than it is, and the operator's own
 * certificate has an authority that cannot be read from there: of one that serves the whole cluster both get a certificate,
 * and with it what to trust the other by. (P3, K1)
 */
export class ElasticsearchAuthority extends pulumi.ComponentResource {
  /** For resources that ask it for a certificate. */
  readonly ready: pulumi.Resource;

  constructor(
    name: string,
    { site, certificates }: ElasticsearchAuthorityArgs,
    options?: pulumi.ComponentResourceOptions,
  ) {
    super("ai-platform:platform:ElasticsearchAuthority", name, {}, options);
    const issuer = new CustomResource(
      `${name}-self-signed`,
      { apiVersion, kind: "Issuer", metadata: { name: selfSigned, namespace }, spec: { selfSigned: {} } },
      childOptions(this, site, namespace, certificates),
    );
    const root = new CustomResource(
      `${name}-certificate`,
      {
        apiVersion,
        kind: "Certificate",
        metadata: { name: authority, namespace },
        spec: {
          isCA: true,
          commonName: authority,
          secretName: authority,
          duration: `${3650 * day}h`,
          privateKey: { algorithm: "ECDSA", size: 256 },
          issuerRef: { kind: "Issuer", name: selfSigned },
        },
      },
      childOptions(this, site, namespace, issuer),
    );
    this.ready = new CustomResource(
      `${name}-issuer`,
      {
        apiVersion,
        kind: "ClusterIssuer",
        metadata: { name: authority },
        spec: { ca: { secretName: authority } },
      },
      childOptions(this, site, namespace, root),
    );
    this.registerOutputs();
  }
}

/** A certificate of Elasticsearch's authority. */
export interface AuthorityCertificate {
  readonly site: Site;
  readonly namespace: string;
  /** Its name, and that of the Secret that it is kept in. */
  readonly certificate: string;
  readonly usage: "server auth" | "client auth";
  /** Names by which a server is called. */
  readonly hosts?: readonly string[];
}

/** Asks for a certificate of Elasticsearch's authority. */
export function authorityCertificate(
  name: string,
  { site, namespace, certificate, usage, hosts }: AuthorityCertificate,
  parent: pulumi.Resource,
  ready: pulumi.Resource,
): CustomResource {
  return new CustomResource(
    name,
    {
      apiVersion,
      kind: "Certificate",
      metadata: { name: certificate, namespace },
      spec: {
        secretName: certificate,
        commonName: certificate,
        ...(hosts && { dnsNames: [...hosts] }),
        duration: `${90 * day}h`,
        renewBefore: `${30 * day}h`,
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
        usages: [usage, "digital signature"],
        issuerRef: { kind: "ClusterIssuer", name: authority },
      },
    },
    childOptions(parent, site, namespace, ready),
  );
}
