import { join } from "node:path";
import { type Change, changesOf, Followed } from "./follow";

/** A step of a page: the file that it touches, and a text in it where it is not the only step there. */
interface Step {
  readonly page: string;
  readonly file: string;
  readonly of?: string;
}

/** Projects in which every page was followed but for some steps. Those of one project do not hide each other. */
const projects: Followed[] = [];

afterAll(() => {
  for (const project of projects) project.remove();
});

jest.setTimeout(600_000);

const pages = ["add-a-service.md", "add-a-system.md", "add-a-policy.md"];

/** @throws Error where a step is in none of the pages */
function without(...steps: readonly Step[]): Followed {
  const isStep = ({ page, file, of = "" }: Step, from: string, change: Change): boolean =>
    page === from && change.file === file && change.text.includes(of);
  const forgotten = new Set<Step>();
  const changes = pages.flatMap((page) =>
    changesOf(page).filter((change) => {
      const found = steps.filter((step) => isStep(step, page, change));
      for (const step of found) forgotten.add(step);
      return found.length === 0;
    }),
  );
  if (forgotten.size !== steps.length) throw new Error("a step is in none of the pages");
  const project = new Followed(changes);
  projects.push(project);
  return project;
}

const jestOf = join("node_modules", "jest", "bin", "jest.js");

/** What fails of a project's tests: their names, and what they found. */
function failing(project: Followed, file: string, ...words: readonly string[]): Promise<string> {
  return project.fails(jestOf, "--selectProjects", "unit", "--runInBand", ...words, file);
}

describe("a file that was not written", () => {
  let project: Followed;
  beforeAll(() => {
    project = without(
      { page: "add-a-service.md", file: "apps/atlas/signals.ts" },
      { page: "add-a-system.md", file: "apps/search/definition.ts" },
      { page: "add-a-policy.md", file: "policies/aws/repository-immutable.ts" },
    );
  });

  test("the program does not compile: a service and a system are named", async () => {
    const said = await project.fails("test/golden/update.ts", "dev");
    for (const module of ["./signals", "./search/definition"]) {
      expect(said).toContain(`Could not resolve "${module}"`);
    }
  });

  test("cases of a policy that there is not are named", async () => {
    const said = await failing(
      project,
      "policies/catalogue.test.ts",
      "--testNamePattern",
      "every file of cases",
    );
    expect(said).toMatch(/● every file of cases is that of a policy of the catalogue/);
    expect(said).toContain('"aws-repository-immutable"');
  });
});

describe("a service without its name in the definition, and a system on a cluster that is not there", () => {
  let project: Followed;
  let said: string;
  beforeAll(async () => {
    project = without(
      { page: "add-a-service.md", file: "apps/atlas/definition.ts" },
      { page: "add-a-system.md", file: "Pulumi.dev.yaml" },
      { page: "add-a-system.md", file: "Pulumi.prod.yaml", of: "cloud: aws" },
    );
    await project.run("test/golden/update.ts", "dev");
    said = await failing(project, "test/golden/workloads.test.ts");
  });

  test("the workload's name is missed in the definition", () => {
    expect(said).toMatch(/● apps\/atlas\/definition\.ts names every workload/);
    expect(said).toContain('"signals"');
  });

  test("a system that no plan has: its workload is missed in them", () => {
    expect(said).toMatch(/● apps\/search\/definition\.ts names every workload/);
    expect(said).toContain('"search-api"');
  });

  test("the key of the system's cluster is refused", async () => {
    expect(await project.fails("test/golden/update.ts", "prod")).toContain(
      "ai-platform:systems.search.cluster",
    );
  });
});

describe("what is written and used nowhere", () => {
  let project: Followed;
  beforeAll(() => {
    project = without(
      { page: "add-a-service.md", file: "apps/atlas/index.ts" },
      { page: "add-a-system.md", file: "apps/registry.ts" },
      { page: "add-a-policy.md", file: "policies/aws/repository-immutable.cases.ts" },
    );
  });

  test("a service that no system makes: its name in the definition has no workload", async () => {
    const said = await failing(project, "test/golden/workloads.test.ts");
    expect(said).toMatch(/● apps\/atlas\/definition\.ts names every workload/);
    expect(said).toContain('"signals"');
  });

  test("a system that is not in the registry: its folder is named, and its key in a stack's file refused", async () => {
    const said = await failing(project, "apps/registry.test.ts", "--testNamePattern", "every folder");
    expect(said).toContain('"search"');
    expect(await project.fails("test/golden/update.ts", "dev")).toContain("ai-platform:systems.search");
  });

  test("a policy without cases is named", async () => {
    expect(await failing(project, "policies/catalogue.test.ts")).toContain(
      "aws-repository-immutable has no cases",
    );
  });
});
