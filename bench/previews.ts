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

/** Measures several projects in turns, so that a machine that slows down affects all of them. */
export async function previews<Compared extends Project>(
  projects: readonly Compared[],
): Promise<readonly (Compared & Measurement)[]> {
  for (const project of projects) await measure("preview", project);
  const turns = new Map<Compared, Measurement[]>(projects.map((project) => [project, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const [project, measured] of turns) measured.push(await measure("preview", project));
  }
  return [...turns].map(([project, measured]) => ({ ...project, ...middleOf(measured) }));
}

function middleOf(measured: readonly Measurement[]): Measurement {
  const [middle] = measured
    .toSorted((left, right) => left.seconds - right.seconds)
    .slice(Math.floor(measured.length / 2));
  if (middle === undefined) throw new Error("no preview was measured");
  return { ...middle, firstResource: median(measured.map((one) => one.firstResource)) };
}
