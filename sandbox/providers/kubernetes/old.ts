import type { Values } from "../standin";

/** An object as the engine's state has it. */
export type Old = { readonly inputs: Values; readonly outputs: Values };
