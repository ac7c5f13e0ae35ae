import { type Measurement, measure, type Project } from "./command";
import { median } from "./statistics";

/** How many previews the median is taken of. */
export const runs = 3;

/** The median of a few previews, after one that warms the caches. */
export async function preview(project: Project): Promise<Measurement> {
  await measure("preview", project);
  const measured: Measurement[] = [];
  for (let run = 0; run < runs; run += 1) {
    measured.push(await measure("preview", project));
  }
  const wanted = median(measured.map(({ seconds }) => seconds));
  const middle = measured.find(({ seconds }) => seconds === wanted);
  if (middle === undefined) throw new Error(`${project.stack}: no preview was measured`);
  return { ...middle, firstResource: median(measured.map(({ firstResource }) => firstResource)) };
}
