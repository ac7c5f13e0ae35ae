import { ownership } from "./ownership";
import type { Proof } from "./proof";

/** Every proof, in the order in which they are told. */
export const proofs: readonly Proof[] = [ownership];
