import { plan, stacks, writePlan } from "./plan";

async function update(): Promise<void> {
  for (const stack of stacks) {
    const files = await plan(stack);
    writePlan(stack, files);
    console.log(`${stack}: ${files.size} files. Review them with git diff test/golden/plan/${stack}`);
  }
}

void update();
