import { program } from "./program";

/** Pulumi calls what this module exports, and shows what it answers as the stack's outputs. */
export = () => program();
