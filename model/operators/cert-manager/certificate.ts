import { z } from "zod";
import type { CustomResource, Operator, OperatorContext } from "../operator";
import { madeFor } from "../parts/made";
import { secret, tls, tlsKeys } from "../parts/secret";
import { issuerOf } from "./issuer";

/** The fields of a Certificate from which cert-manager 1.21.1 creates its Secret. */
export const certificateSpec = z.object({
  secretName: z.string(),
  dnsNames: z.array(z.string()).default([]),
  commonName: z.string().optional(),
  issuerRef: z.object({ name: z.string(), kind: z.string().default("Issuer") }),
  secretTemplate: z.object({ labels: z.record(z.string(), z.string()).optional() }).optional(),
  keystores: z
    .object({
      jks: z.object({ create: z.boolean() }).optional(),
      pkcs12: z.object({ create: z.boolean() }).optional(),
    })
    .optional(),
  additionalOutputFormats: z.array(z.object({ type: z.string() })).default([]),
});

const formats: Readonly<Record<string, string>> = { CombinedPEM: "tls-combined.pem", DER: "key.der" };

/** Label by which cert-manager finds its own Secrets. */
export const ownLabel = { "controller.cert-manager.io/fao": "true" };

/** The Secret of a certificate. Only issuers that know their authority add it; ACME issuers do not. */
export const certificate: Operator = (resource, around) => {
  const spec = certificateSpec.parse(resource.spec);
  const store = (name: string, create: boolean | undefined, suffix: string) =>
    create ? [`${name}.${suffix}`] : [];
  const { jks, pkcs12 } = spec.keystores ?? {};
  const authority = saysAuthority(resource, around);
  const keys = [
    ...tlsKeys,
    ...(authority ? ["ca.crt"] : []),
    ...store("keystore", jks?.create, "jks"),
    ...store("truststore", authority && jks?.create, "jks"),
    ...store("keystore", pkcs12?.create, "p12"),
    ...store("truststore", authority && pkcs12?.create, "p12"),
    ...spec.additionalOutputFormats.flatMap(({ type }) => formats[type] ?? []),
  ];
  return [secret(spec.secretName, keys, { ...spec.secretTemplate?.labels, ...ownLabel }, tls)].map(
    madeFor(resource),
  );
};

function saysAuthority(resource: CustomResource, around: OperatorContext): boolean {
  const issuer = issuerOf(resource, around);
  return issuer !== undefined && (issuer.ca !== undefined || issuer.selfSigned !== undefined);
}
