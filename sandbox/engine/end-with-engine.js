// An engine that was killed cannot stop what it had started: a process that loads this ends when its parent, whose process ID it was
// started with, is gone, also when that is gone before it has loaded anything.
const engine = Number(process.env.AI_PLATFORM_ENGINE);
const endAlone = () => {
  if (process.ppid !== engine) process.exit();
};
endAlone();
setInterval(endAlone, 1_000).unref();
