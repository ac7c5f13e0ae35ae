import { plan, stacks, writePlan } from "./plan";

for (const stack of stacks) {
  const files = plan(stack);
  writePlan(stack, files);
  console.log(`${stack}: ${files.size} files. Review them with git diff test/golden/plan/${stack}`);
}
