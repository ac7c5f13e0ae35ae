import * as acm from "@pulumi/aws/acm";
import * as route53 from "@pulumi/aws/route53";
import type * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link issueCertificate}. */
export interface CertificateArgs {
  readonly host: string;
  /** The zone that the host is in. */
  readonly zoneId: pulumi.Input<string>;
  /** Of the region in which the certificate is used. @default that of the options */
  readonly region?: pulumi.ProviderResource;
}

/**
 * A certificate that AWS issues, and renews, as long as a record in the zone proves that the name is ours.
 *
 * @returns its ARN, once it is issued
 */
export function issueCertificate(
  name: string,
  { host, zoneId, region }: CertificateArgs,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const inRegion = region ? { ...options, provider: region } : options;
  const certificate = new acm.Certificate(
    `${name}-certificate`,
    { domainName: host, validationMethod: "DNS", keyAlgorithm: "EC_prime256v1" },
    inRegion,
  );
  const proof = certificate.domainValidationOptions.apply((all) => {
    const option = all.find(({ domainName }) => domainName === host);
    if (option === undefined) throw new Error(`ACM asks for no proof of ${host}`);
    return option;
  });
  const record = new route53.Record(
    `${name}-certificate-proof`,
    {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      allowOverwrite: true,
    },
    options,
  );
  return new acm.CertificateValidation(
    `${name}-certificate`,
    { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
    inRegion,
  ).certificateArn;
}

/**
 * A certificate for each of the hosts that are in the stack's zone.
 *
 * @returns their ARNs, by host
 */
export function issueCertificates(
  name: string,
  {
    hosts,
    zone,
    zoneId,
  }: { readonly hosts: readonly string[]; readonly zone: string } & Pick<CertificateArgs, "zoneId">,
  options: pulumi.CustomResourceOptions,
): Readonly<Record<string, pulumi.Output<string>>> {
  return Object.fromEntries(
    hosts
      .filter((host) => host.endsWith(`.${zone}`))
      .map((host) => [host, issueCertificate(`${name}-${host.split(".")[0]}`, { host, zoneId }, options)]),
  );
}
