import { modelWith } from "../../../model/expand";
import { Plan } from "../../../model/plan";
import type { Evidence, Fault, Proof } from "../../../proofs/proof";
import type { Check } from "../../../proofs/verdict";

/** A resource as files of a plan have it; `options` as far as a test needs them. */
export interface Piece {
  readonly type: string;
  readonly name: string;
  readonly inputs: object;
  readonly options?: {
    readonly parent?: string;
    readonly provider?: string;
    readonly dependsOn?: string[];
    readonly protect?: boolean;
  };
}

/** A stack that has these resources alone, and whose charts make nothing. */
export function evidenceOf(...pieces: readonly Piece[]): Evidence {
  const plan = Plan.of(
    "test",
    pieces.map(({ options = {}, ...piece }) => ({
      ...piece,
      options: { provider: providerOf(piece.type), ...options },
    })),
  );
  return { model: modelWith(plan, []), plan };
}

/** An object of a cluster `aws`, as the program makes it. */
export function object(
  name: string,
  apiVersion: string,
  kind: string,
  inputs: { readonly metadata: object; readonly [field: string]: unknown },
  ...dependsOn: string[]
): Piece {
  const version = apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`;
  return {
    type: `kubernetes:${version}:${kind}`,
    name,
    inputs: { apiVersion, kind, ...inputs },
    options: { dependsOn },
  };
}

/** What is wrong, as `object: rule`. */
export function faultsOf(proof: Pick<Proof, "check"> | Check, evidence: Evidence): readonly string[] {
  const check = typeof proof === "function" ? proof : proof.check;
  return check(evidence).faults.map(({ object: named, rule }: Fault) => `${named}: ${rule}`);
}

function providerOf(type: string): string | undefined {
  return type.startsWith("kubernetes:") ? "pulumi:providers:kubernetes::aws-kubernetes" : undefined;
}
