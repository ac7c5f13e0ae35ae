// An engine that was killed cannot stop what it had started: a process that loads this ends when its parent is gone, also when
// that is gone before it has loaded anything.
const { programOf } = require("../../cli/process-identity.ts");
const engine = process.ppid;
if (programOf(engine) !== "pulumi") process.exit();
setInterval(() => {
  if (process.ppid !== engine) process.exit();
}, 1_000).unref();
