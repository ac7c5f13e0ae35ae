import { z } from "zod";
import type { Operator } from "../operator";
import { madeFor } from "../parts/made";
import { opaque, secret } from "../parts/secret";

const texts = z.record(z.string(), z.string());

/** The fields of a SealedSecret from which its controller creates the Secret. */
const sealedSpec = z.object({
  encryptedData: texts.default({}),
  template: z
    .object({
      metadata: z.object({ labels: texts.optional() }).optional(),
      type: z.string().optional(),
      data: texts.optional(),
    })
    .optional(),
});

/** A Secret of the same name, with the sealed keys and those of the template. */
export const sealedSecret: Operator = (resource) => {
  const { encryptedData, template } = sealedSpec.parse(resource.spec);
  const keys = [...new Set([...Object.keys(encryptedData), ...Object.keys(template?.data ?? {})])];
  return [secret(resource.metadata.name, keys, template?.metadata?.labels, template?.type ?? opaque)].map(
    madeFor(resource),
  );
};
