import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { childOptions, type Site } from "../kit/site";

/** Arguments of {@link MemberCertificates}. */
export interface MemberCertificatesArgs {
  readonly site: Site;
  readonly namespace: string;
  /** Name of the store: its authority's Secret is `NAME-authority`, its members' certificate `NAME-tls`. */
  readonly store: string;
  /** Names by which members and clients call the members. */
  readonly hosts: readonly string[];
}

const apiVersion = "cert-manager.io/v1";
const day = 24;

/**
 * A store's own authority, with a certificate that all members share. A client that trusts it trusts this store and
 * nothing else. (K1)
 */
export class MemberCertificates extends pulumi.ComponentResource {
  /** Secret with `tls.crt`, `tls.key` and the authority's `ca.crt`. */
  readonly secretName: string;
  readonly resource: pulumi.Resource;

  constructor(name: string, args: MemberCertificatesArgs, options?: pulumi.ComponentResourceOptions) {
    super("ai-platform:data:MemberCertificates", name, {}, options);
    const { site, namespace, store, hosts } = args;
    const authority = `${store}-authority`;
    this.secretName = `${store}-tls`;
    const create = (
      part: string,
      kind: "Issuer" | "Certificate",
      objectName: string,
      spec: Readonly<Record<string, unknown>>,
      ...after: readonly pulumi.Resource[]
    ) =>
      new CustomResource(
        `${name}-${part}`,
        { apiVersion, kind, metadata: { name: objectName, namespace }, spec },
        childOptions(this, site, namespace, ...after),
      );
    const selfSigned = create("self-signed", "Issuer", `${store}-self-signed`, { selfSigned: {} });
    const root = create(
      "authority",
      "Certificate",
      authority,
      {
        isCA: true,
        commonName: authority,
        secretName: authority,
        duration: `${3650 * day}h`,
        privateKey: { algorithm: "ECDSA", size: 256 },
        issuerRef: { kind: "Issuer", name: `${store}-self-signed` },
      },
      selfSigned,
    );
    const issuer = create("issuer", "Issuer", authority, { ca: { secretName: authority } }, root);
    this.resource = create(
      "certificate",
      "Certificate",
      this.secretName,
      {
        secretName: this.secretName,
        dnsNames: [...hosts],
        duration: `${90 * day}h`,
        renewBefore: `${30 * day}h`,
        privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
        usages: ["server auth", "client auth", "digital signature"],
        issuerRef: { kind: "Issuer", name: authority },
      },
      issuer,
    );
    this.registerOutputs();
  }
}
