import { messageOf } from "../cli/errors";
import { readDigests } from "../model/charts/digests";
import { serveStandIns } from "../sandbox/providers/serve";
import { processes } from "./processes";
import { lockedStandIns } from "./stood-in/locked";

serveStandIns({
  cloudController: processes.cloudController,
  digests: readDigests(),
  stoodIn: lockedStandIns,
}).catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
});
