import { hygiene } from "./hygiene";
import { identities } from "./identities";
import { names } from "./names";
import { networks } from "./networks";
import { order } from "./order";
import { ownership } from "./ownership";
import { paths } from "./paths";
import type { Proof } from "./proof";
import { rotation } from "./rotation";
import { storage } from "./storage";
import { versions } from "./versions";

/** Every proof, in the order of the output. */
export const proofs: readonly Proof[] = [
  networks,
  ownership,
  storage,
  identities,
  order,
  versions,
  rotation,
  names,
  hygiene,
  paths,
];
