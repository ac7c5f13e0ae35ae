import type { Row } from "../row";
import { awsRows } from "./aws";
import { backendRows } from "./backend";
import { linodeRows } from "./linode";
import { machineRows } from "./machine";
import type { Surroundings } from "./surroundings";
import { cloudToolRows, nodeRow, sandboxToolsRow } from "./tools";

/** What must be there before a stack is brought up in the sandbox. */
export const sandboxPreflight: readonly Row<Surroundings>[] = [nodeRow, sandboxToolsRow, ...machineRows];

/** What must be there before a stack is brought up in the clouds. */
export const cloudPreflight: readonly Row<Surroundings>[] = [
  nodeRow,
  ...cloudToolRows,
  ...backendRows,
  ...awsRows,
  ...linodeRows,
];
