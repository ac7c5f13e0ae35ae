import type { Row } from "../row";
import { artifactRows } from "./artifacts";
import { awsRows } from "./aws";
import { awsAccessRow } from "./aws-access";
import { awsAdministratorsRow } from "./aws-administrators";
import { awsBucketsRow } from "./aws-buckets";
import { awsCountsRow } from "./aws-counts";
import { awsLogsRow } from "./aws-logs";
import { awsRegionRows } from "./aws-region";
import { awsVolumesRow } from "./aws-volumes";
import { awsZoneRow } from "./aws-zone";
import { backendRows } from "./backend";
import { callerAddressRows } from "./caller-address";
import { configurationRow } from "./configuration";
import type { PreflightContext } from "./context";
import { linodeRows } from "./linode";
import { linodeFirewallRow } from "./linode-firewall";
import { linodeRegionRows } from "./linode-region";
import { machineRows } from "./machine";
import { modelsRow } from "./models";
import { cloudToolRows, nodeRow, sandboxToolsRow } from "./tools";

/** What must be in place before a stack comes up in the sandbox. */
export const sandboxPreflight: readonly Row<PreflightContext>[] = [nodeRow, sandboxToolsRow, ...machineRows];

/** What must be in place before a stack comes up in the clouds. */
export const cloudPreflight: readonly Row<PreflightContext>[] = [
  nodeRow,
  configurationRow,
  ...cloudToolRows,
  ...backendRows,
  ...awsRows,
  awsCountsRow,
  awsAccessRow,
  awsAdministratorsRow,
  ...awsRegionRows,
  awsBucketsRow,
  awsLogsRow,
  awsVolumesRow,
  awsZoneRow,
  ...linodeRows,
  ...linodeRegionRows,
  linodeFirewallRow,
  ...callerAddressRows,
  ...artifactRows,
  modelsRow,
];
