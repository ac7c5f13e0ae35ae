import type * as pulumi from "@pulumi/pulumi";
import { type Bundle, consumersOf } from "./bundle";
import { type Rotation, type Term, termOf } from "./rotation";

// The SDK has the property, but does not declare it.
declare module "@pulumi/pulumi/output" {
  interface OutputInstance<T> {
    /** False in a preview, when only the next `pulumi up` will tell the value. */
    readonly isKnown: Promise<boolean>;
  }
}

/** A generated value that the next `pulumi up` replaces. */
export interface RenewedValue {
  readonly namespace: string;
  readonly bundle: Bundle;
  readonly key: string;
}

/**
 * Whether a value is replaced, as far as a preview can tell.
 *
 * @param value it is not known when it is yet to be made
 * @param stood an output of something that was made together with the value's predecessor, and is not replaced
 */
export async function isRenewed(
  value: pulumi.Output<unknown>,
  stood: pulumi.Output<unknown>,
): Promise<boolean> {
  return (await value.isKnown) === false && (await stood.isKnown);
}

/** One message for each bundle: what gets a new value, why, since when it is due, and who takes it. */
export function renewalMessages(values: readonly RenewedValue[], rotation: Rotation): readonly string[] {
  const bundles = [...new Set(values.map(({ bundle }) => bundle))];
  return bundles
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map((bundle) => {
      const places = values
        .filter((value) => value.bundle === bundle)
        .map(({ key, namespace }) => `${key} in ${namespace}`);
      return `${bundle.name}: new values for ${places.sort().join(", ")}: ${reason(bundle, rotation)}. Its users restart or reload: ${consumersOf(bundle)}.`;
    });
}

/** A preview tells the program that a value is replaced, but not what has changed: where both can be, both are said. */
function reason(bundle: Bundle, { today, now }: Rotation): string {
  const override = now[bundle.name];
  const term = termOf(bundle, today);
  const reasons = [
    ...(override === undefined ? [] : [`ai-platform:rotate.${bundle.name} is ${JSON.stringify(override)}`]),
    ...(term === undefined ? [] : [dueReason(term)]),
  ];
  return reasons.join(", or ") || "the key is new, or its length has changed";
}

function dueReason({ days, since, until }: Term): string {
  return `made before ${since} and due since then (every ${days} days, next on ${until})`;
}
