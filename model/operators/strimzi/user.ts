import { z } from "zod";
import type { Operator } from "../operator";
import { madeFor } from "../parts/made";
import { secret } from "../parts/secret";
import { clusterOf, kafkaOf, kafkaSpec } from "./spec";

const userSpec = z.object({ authentication: z.object({ type: z.string() }).optional() });

const keys: Readonly<Record<string, readonly string[]>> = {
  "scram-sha-512": ["password", "sasl.jaas.config"],
  tls: ["ca.crt", "user.crt", "user.key", "user.p12", "user.password"],
};

/**
 * Strimzi 1.2.0's user operator: a Secret with the user's credentials. Without a user operator it creates
 * nothing.
 */
export const user: Operator = (resource, around) => {
  const owner = kafkaOf(resource, around);
  const operator = owner && kafkaSpec.parse(owner.spec).entityOperator?.userOperator;
  const { authentication } = userSpec.parse(resource.spec);
  const made = keys[authentication?.type ?? ""];
  if (operator === undefined || made === undefined) return [];
  const { name, labels } = resource.metadata;
  return [
    secret(`${operator.secretPrefix}${name}`, made, {
      ...labels,
      "app.kubernetes.io/instance": name,
      "app.kubernetes.io/managed-by": "strimzi-user-operator",
      "app.kubernetes.io/name": "strimzi-user-operator",
      "app.kubernetes.io/part-of": `strimzi-${name}`,
      "strimzi.io/cluster": clusterOf(resource),
      "strimzi.io/kind": "KafkaUser",
    }),
  ].map(madeFor(resource));
};
