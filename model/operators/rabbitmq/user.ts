import { z } from "zod";
import type { Operator } from "../operator";
import { madeFor } from "../parts/made";
import { secret } from "../parts/secret";

const userSpec = z.object({ importCredentialsSecret: z.object({ name: z.string() }).optional() });

/** RabbitMQ topology operator 1.20.1: a Secret for a user whose credentials it generates. */
export const user: Operator = (resource) =>
  userSpec.parse(resource.spec).importCredentialsSecret
    ? []
    : [secret(`${resource.metadata.name}-user-credentials`, ["password", "username"])].map(madeFor(resource));
