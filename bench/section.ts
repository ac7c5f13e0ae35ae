import type { Table } from "../cli/table";

/** A question that the benchmark answers, by measuring both sides of each ratio in the same run. */
export interface Section {
  /** How it is asked for on the command line. */
  readonly name: string;
  readonly title: string;
  run(): Promise<readonly Table[]>;
}

export function seconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

export function ratio(value: number, floor: number): string {
  return (value / floor).toFixed(2);
}

export function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
