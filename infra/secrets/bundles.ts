import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Bundle, bundleSchema } from "./bundle";

const folder = join(__dirname, "bundles");

/** Every bundle that the repository declares, by file name. */
export const bundles: readonly Bundle[] = readdirSync(folder)
  .filter((file) => file.endsWith(".yaml"))
  .sort()
  .map((file) => bundleSchema.parse(parse(readFileSync(join(folder, file), "utf8"))));
