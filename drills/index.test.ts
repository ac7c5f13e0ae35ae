import { readFileSync } from "node:fs";
import { join } from "node:path";
import { clusterDrills, drillsByName, engineDrills } from ".";

test("docs/drills.md has every drill, in the order in which they run, and no other", () => {
  const page = readFileSync(join(__dirname, "../docs/drills.md"), "utf8");
  const named = [...page.matchAll(/^\| ([a-z][a-z-]+) +\|/gm)].map(([, name]) => name);
  expect(named).toEqual([...clusterDrills, ...engineDrills, ...drillsByName].map(({ name }) => name));
});
