import { networks } from "../../../proofs/networks";
import { evidenceOf, type Piece } from "../network-piece";

/** What the proof says of a piece: its faults, each as object and rule. */
export function faultsOf(piece: Piece): readonly string[] {
  const { checks, faults } = networks.check(evidenceOf(piece));
  expect(checks).toBeGreaterThan(0);
  return faults.map(({ object, rule }) => `${object}: ${rule}`);
}

export const interfaces = { ipBlock: { cidr: "10.20.240.0/22" } };

export const https = [{ protocol: "TCP", port: 443 }];
