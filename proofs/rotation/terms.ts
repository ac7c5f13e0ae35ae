import { at, booleanAt, mapAt, numberAt, textAt } from "../../model/facts/read";
import { groupKind } from "../../model/manifest";
import type { Model, ModelObject } from "../../model/model";
import { type Fault, nameOf } from "../proof";
import { type Check, each, sum } from "../verdict";

const source = "cert-manager, Certificate: duration and renewBefore";

/** Hours. A certificate without terms is valid for 90 days, and renewed after two thirds of them. */
const usual = 90 * 24;

/** cert-manager takes no shorter duration. */
const shortest = 1;

/** A failed issuance is tried again after up to this many hours: renewal begins before. */
const longestPause = 32;

/** Let's Encrypt issues five certificates for the same names in a week: renewals are further apart. */
const closest = 34;

/** Pods that trust an authority read its certificate once: for them it is valid for a year at least. */
const shortestAuthority = 365 * 24;

/** How long a certificate is valid, and how long before its end it is renewed: hours. */
interface Terms {
  readonly duration: number;
  readonly before: number;
}

/** Certificates are renewed in time and not all the time, and none is valid for longer than what signs it. */
export const termsMakeSense: Check = ({ model }) => {
  const certificates = model
    .of("Certificate")
    .filter(({ manifest }) => manifest && groupKind(manifest) === "cert-manager.io/Certificate");
  const ingresses = model
    .of("Ingress")
    .filter(({ manifest }) => Object.keys(mapAt(manifest, "metadata", "annotations") ?? {}).some(isTerm));
  return sum([
    each(certificates, (certificate) => [
      ...ownFaults(model, certificate, termsOf(model, certificate)),
      ...authorityFaults(model, certificate),
    ]),
    each(ingresses, (ingress) => ownFaults(model, ingress, termsOf(model, ingress))),
  ]);
};

function isTerm(annotation: string): boolean {
  return /^cert-manager\.io\/(duration|renew-before)$/.test(annotation);
}

/** The terms of a Certificate, or of the Certificate that cert-manager makes for an Ingress. */
function termsOf(model: Model, object: ModelObject): Terms {
  const spec = at(object.manifest, "spec");
  const annotations = mapAt(object.manifest, "metadata", "annotations") ?? {};
  const ofIngress = object.kind === "Ingress";
  const told = ofIngress ? annotations["cert-manager.io/duration"] : textAt(spec, "duration");
  const early = ofIngress ? annotations["cert-manager.io/renew-before"] : textAt(spec, "renewBefore");
  // Let's Encrypt decides by itself.
  const duration = at(issuerOf(model, object)?.manifest, "spec", "acme") ? usual : (hoursOf(told) ?? usual);
  const percentage = ofIngress ? undefined : numberAt(spec, "renewBeforePercentage");
  const usualBefore = percentage === undefined ? duration / 3 : (duration * percentage) / 100;
  return { duration, before: hoursOf(early) ?? usualBefore };
}

function ownFaults(model: Model, object: ModelObject, { duration, before }: Terms): readonly Fault[] {
  const issuer = issuerOf(model, object);
  const found = [
    duration < shortest && [
      `it is valid for ${duration} h, and cert-manager takes no less than ${shortest}`,
      "raise the duration",
    ],
    before >= duration && [
      "it is due for renewal before it is made: cert-manager refuses it",
      "set renewBefore to less than the duration",
    ],
    before < longestPause && [
      `it is renewed ${rounded(before)} h before its end, and a failed attempt is repeated after up to ${longestPause} h: one failure, and it ends`,
      `set renewBefore to ${longestPause} h or more`,
    ],
    before < duration &&
      duration - before < closest && [
        `it is renewed every ${rounded(duration - before)} h: its readers read it again as often, and an issuer with limits refuses it`,
        "renew it later, or raise the duration",
      ],
    isAuthority(object) &&
      duration < shortestAuthority && [
        `it is an authority for ${rounded(duration)} h: pods that read its certificate once trust nothing after that`,
        `raise the duration to ${shortestAuthority} h or more`,
      ],
    ...signedTooLong(model, issuer, object, duration),
  ];
  return found.flatMap((one) => {
    if (one === false) return [];
    const [rule = "", fix = ""] = one;
    return [{ object: nameOf(object), rule, source, fix }];
  });
}

/** What is signed just before an authority is renewed has to end before the authority's certificate does. */
function signedTooLong(
  model: Model,
  issuer: ModelObject | undefined,
  { name }: ModelObject,
  duration: number,
): readonly (readonly string[])[] {
  const authority = issuer && authorityOf(model, issuer);
  if (authority === undefined || authority.name === name) return [];
  const { before } = termsOf(model, authority);
  return duration <= before
    ? []
    : [
        [
          `it is valid for ${rounded(duration)} h, and its authority ${authority.name} is renewed ${rounded(before)} h before its own end: what it signs outlives it`,
          "give the authority a longer duration, or an earlier renewal",
        ],
      ];
}

/** An issuer signs with the certificate of an authority. */
function authorityFaults(model: Model, certificate: ModelObject): readonly Fault[] {
  const issuer = issuerOf(model, certificate);
  const authority = issuer && authorityOf(model, issuer);
  return authority === undefined || isAuthority(authority)
    ? []
    : [
        {
          object: nameOf(certificate),
          rule: `its issuer ${issuer?.name} signs with ${authority.name}, which is no authority: clients refuse what it signs`,
          source: "RFC 5280, 4.2.1.9: basic constraints; cert-manager, CA issuer",
          fix: `set isCA of ${authority.name}`,
        },
      ];
}

function isAuthority({ manifest }: ModelObject): boolean {
  return booleanAt(manifest, "spec", "isCA") === true;
}

function issuerOf(model: Model, { cluster, namespace, manifest }: ModelObject): ModelObject | undefined {
  const annotations = mapAt(manifest, "metadata", "annotations") ?? {};
  const ofAll = annotations["cert-manager.io/cluster-issuer"];
  const name =
    textAt(manifest, "spec", "issuerRef", "name") ?? ofAll ?? annotations["cert-manager.io/issuer"];
  const isOfAll = textAt(manifest, "spec", "issuerRef", "kind") === "ClusterIssuer" || ofAll !== undefined;
  return name === undefined
    ? undefined
    : model.find({
        cluster,
        name,
        kind: isOfAll ? "ClusterIssuer" : "Issuer",
        namespace: isOfAll ? undefined : namespace,
      });
}

/** The Certificate that an issuer signs with; undefined where others make it, or the issuer signs otherwise. */
function authorityOf(
  model: Model,
  { cluster, kind, namespace, manifest }: ModelObject,
): ModelObject | undefined {
  const secret = textAt(manifest, "spec", "ca", "secretName");
  return model.of("Certificate").find(
    (one) =>
      secret !== undefined &&
      one.cluster === cluster &&
      one.secret === secret &&
      one.manifest !== undefined &&
      // A ClusterIssuer reads Secrets of cert-manager's own namespace.
      (kind === "ClusterIssuer" || one.namespace === namespace),
  );
}

function rounded(hours: number): number {
  return Math.round(hours * 10) / 10;
}

/** Hours of Go's durations: `2160h`, `90m`, `1h30m`. */
function hoursOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const units: Readonly<Record<string, number>> = { h: 1, m: 1 / 60, s: 1 / 3600 };
  return [...text.matchAll(/([\d.]+)([hms])/g)].reduce(
    (total, [, amount, unit = ""]) => total + Number(amount) * (units[unit] ?? 0),
    0,
  );
}
