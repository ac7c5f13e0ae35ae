import { networks } from "./networks";
import type { Proof } from "./proof";

/** Every proof, in the order in which they are told. */
export const proofs: readonly Proof[] = [networks];
