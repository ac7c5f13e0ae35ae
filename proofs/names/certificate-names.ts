import { booleanAt } from "../../model/facts/read";
import type { Model, ModelObject } from "../../model/model";
import { nameOf } from "../proof";
import { type Check, each } from "../verdict";

/** A certificate is for a name by which something is called: a Service of its namespace, or a public host. */
export const certificatesAreForNames: Check = ({ model }) =>
  each(
    model
      .of("Certificate")
      .filter(
        ({ dnsNames = [], manifest }) => dnsNames.length > 0 && booleanAt(manifest, "spec", "isCA") !== true,
      ),
    (certificate) =>
      (certificate.dnsNames ?? []).some((name) => isCalled(model, certificate, name))
        ? undefined
        : {
            object: nameOf(certificate),
            rule: `it is for ${certificate.dnsNames?.join(", ")}, and nothing is called so: its clients refuse it`,
            source:
              "cert-manager, Certificate: dnsNames; TLS clients compare them with the name that they call",
            fix: "name the Service in front of the server",
          },
  );

function isCalled(model: Model, { cluster, namespace }: ModelObject, name: string): boolean {
  const labels = name.replace(/^\*\./, "").split(".");
  const [service = "", home = namespace] = labels;
  const isService =
    model.find({ cluster, kind: "Service", namespace: home, name: service }) !== undefined ||
    // One pod of a headless Service: `pod.service.namespace.svc`.
    model.find({ cluster, kind: "Service", namespace: labels[2], name: labels[1] ?? "" }) !== undefined;
  const isHost = model
    .of("Ingress")
    .some((one) => one.cluster === cluster && (one.tls ?? []).some(({ hosts = [] }) => hosts.includes(name)));
  return isService || isHost;
}
