import { answersWithin } from "../../infra/config/hosts";
import { type Fault, nameOf, type Proof } from "../proof";
import { each, sum } from "../verdict";
import { atIngress } from "./at-ingress";
import { behindEdge } from "./behind-edge";
import { edgeNames } from "./edge-names";
import { ownBalancers } from "./own-balancers";
import { firstToGiveUp, type Path, pathsOf, secondsOf } from "./path";

/**
 * Between each public host's name and its pods nothing refuses, truncates or hides requests that the stack
 * allows.
 */
export const paths: Proof = {
  name: "paths",
  claim:
    "Each public host has a name, a certificate and a way to its pods, and the narrowest place on it is what the stack says.",
  check: (evidence) => {
    const all = pathsOf(evidence);
    return sum([
      each(all, certified),
      each(all, saysItsLimit),
      each(all, behindEdge),
      each(all, (path) => atIngress(path, evidence.model)),
      ownBalancers(evidence),
      edgeNames(evidence),
    ]);
  },
};

function certified(path: Path): Fault | undefined {
  const fault = (rule: string, fix: string): Fault => ({
    object: `${nameOf(path.entrance)}, ${path.host}`,
    rule,
    source: "cert-manager, ACME challenges; CloudFront answers in the host's place",
    fix,
  });
  const lacks =
    path.nginx !== undefined &&
    !(path.entrance.tls ?? []).some(({ hosts = [] }) => hosts.includes(path.host));
  if (lacks) return fault("the host has no certificate", "name it in spec.tls");
  if (path.proven === "nothing")
    return fault("its certificate has no issuer", "name an issuer that has a solver for it");
  return path.edge && path.proven === "HTTP-01"
    ? fault(
        "it is proven by HTTP-01, and its name leads to CloudFront: the challenge is never answered",
        "prove it by DNS-01, in a zone that the cluster may write to",
      )
    : undefined;
}

function saysItsLimit(path: Path): Fault | undefined {
  const said = secondsOf(path.annotations[answersWithin]);
  const [hop, seconds] = firstToGiveUp(path) ?? [];
  if (said === undefined || seconds === undefined || seconds === said) return undefined;
  return {
    object: `${nameOf(path.entrance)}, ${path.host}`,
    rule: `it says that an answer begins within ${said} s, and ${hop} waits ${seconds} s`,
    source: "CloudFront, response timeout; NLB, idle timeout; NGINX, proxy_read_timeout",
    fix: `change the one or the other; ${answersWithin} is what people are told`,
  };
}
