import { type Measurement, measure, type Project } from "./command";
import { median } from "./statistics";

/** How many previews the median is taken of. */
export const runs = 3;

/** The median of a few previews, after one that warms the caches. */
export async function preview(project: Project): Promise<Measurement> {
  const [only] = await previews([project]);
  if (only === undefined) throw new Error(`${project.stack}: no preview was measured`);
  return only;
}

/** The same of several projects that are to be compared: by turns, so that a machine that slows down slows all of them. */
export async function previews(projects: readonly Project[]): Promise<readonly Measurement[]> {
  for (const project of projects) {
    await measure("preview", project);
  }
  const measured = projects.map((): Measurement[] => []);
  for (let run = 0; run < runs; run += 1) {
    for (const [index, project] of projects.entries()) {
      measured[index]?.push(await measure("preview", project));
    }
  }
  return measured.flatMap(middleOf);
}

function middleOf(measured: readonly Measurement[]): readonly Measurement[] {
  const wanted = median(measured.map(({ seconds }) => seconds));
  const firstResource = median(measured.map((one) => one.firstResource));
  return measured
    .filter(({ seconds }) => seconds === wanted)
    .slice(0, 1)
    .map((middle) => ({ ...middle, firstResource }));
}
