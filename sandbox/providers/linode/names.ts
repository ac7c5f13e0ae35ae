import { createHash, randomInt } from "node:crypto";
import { CloudError } from "../../clouds/errors";
import type { Request } from "../../clouds/table";
import { text } from "../../clouds/values";

/** Linode counts its resources. */
export function newNumber(): string {
  return String(randomInt(100_000, 100_000_000));
}

/** A number that follows from a text: ids of what a resource brings with it. */
export function derivedNumber(from: string): number {
  return (
    100_000 + (Number.parseInt(createHash("sha256").update(from).digest("hex").slice(0, 7), 16) % 90_000_000)
  );
}

/** Refuses a second resource of the type with the same label. */
export async function uniqueLabel({ inputs, id, neighbours, resource }: Request): Promise<void> {
  const label = text(inputs, "label");
  const same = (await neighbours.list(resource.type)).find(
    (record) => record.id !== id && record.inputs.label === label,
  );
  if (same)
    throw new CloudError(
      "[400] [label]",
      `label "${label}" must be unique among your resources; ${same.id} has it`,
    );
}
