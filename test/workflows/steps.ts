import { join } from "node:path";
import { workflows } from "./workflow-files";

export const repository = join(__dirname, "..", "..");

export const jobs = workflows.flatMap(({ name, jobs: own }) =>
  Object.entries(own).map(([id, job]) => ({ title: `${name}: ${id}`, workflow: name, id, job })),
);
