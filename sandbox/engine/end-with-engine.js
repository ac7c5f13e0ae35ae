// An engine that was killed cannot stop what it had started: a process that loads this ends when its parent is gone.
const engine = process.ppid;
setInterval(() => {
  if (process.ppid !== engine) process.exit();
}, 1_000).unref();
