import { plan, stacks, writePlan } from "./plan";

/** Makes today's plan the one to review: of the stacks that are named, or of all. */
async function update(named: readonly string[]): Promise<void> {
  for (const stack of named.length > 0 ? named : stacks) {
    const files = await plan(stack);
    writePlan(stack, files);
    console.log(`${stack}: ${files.size} files. Review them with git diff test/golden/plan/${stack}`);
  }
}

void update(process.argv.slice(2));
