import { proofs } from "../../proofs";
import type { Evidence, Proof } from "../../proofs/proof";
import { type Finding, faultsOf, prove } from "../../proofs/prove";

/** What one proof found. */
export interface ProofResult extends Pick<Proof, "name" | "claim"> {
  readonly checks: number;
  readonly faults: readonly Finding[];
  /** How many faults an exception covers. */
  readonly excepted: number;
}

/** The results of every proof on a day. */
export function resultsOf(evidence: Evidence, at: Date): readonly ProofResult[] {
  const day = at.toISOString().slice(0, 10);
  return proofs.map((proof) => {
    const result = prove(evidence, [proof], day);
    const faults = faultsOf(result);
    return {
      name: proof.name,
      claim: proof.claim,
      checks: result.checks,
      faults,
      excepted: result.findings.length - faults.length,
    };
  });
}
