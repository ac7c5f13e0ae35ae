import { join } from "node:path";
import type { Processes } from "../sandbox/processes";

/** The sandbox's processes as this project starts them. */
export const processes: Processes = {
  main: join(__dirname, "main.ts"),
  standIns: join(__dirname, "stand-ins.ts"),
  cloudController: join(__dirname, "cloud-controller.ts"),
};
