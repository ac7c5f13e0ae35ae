const { statSync } = require("node:fs");

/** When a file has changed last, in nanoseconds, as text: the loader and the bundler compare these. */
exports.changedAt = (path) => String(statSync(path, { bigint: true }).mtimeNs);
