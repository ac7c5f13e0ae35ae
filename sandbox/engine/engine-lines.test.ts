import { EngineLines } from "./engine-lines";

function shown(...chunks: readonly string[]): string {
  let text = "";
  const lines = new EngineLines((written) => {
    text += written;
  });
  for (const chunk of chunks) lines.take(chunk);
  return text;
}

test("a step is shown when it is done, and meanwhile only with what it waits for", () => {
  const done = " +  kubernetes:apps/v1:Deployment web created (5s) \n";
  const waiting = " +  kubernetes:core/v1:Service web creating (5s) waiting: it selects no pod yet\n";
  const begun = " +  kubernetes:apps/v1:Deployment web creating (0s) \n";
  expect(shown(begun, waiting, done)).toBe(waiting + done);
});

test("a line that comes in pieces is one line", () => {
  expect(shown(" +  a:b:C d cre", "ated (1s) \n +  a:b:C e", " created (2s) \n")).toBe(
    " +  a:b:C d created (1s) \n +  a:b:C e created (2s) \n",
  );
});

test("signs of life are left out, and so is all that the summary tells", () => {
  const chunks = ["Updating (dev):\n", "@ updating....\n", "Loading policy packs...: done\n", "\n"];
  const end = [
    "\u001b[1mDiagnostics:\n",
    "  a:b:C (d):\n",
    "    error: it broke\n",
    "Resources:\n",
    "    + 1 created\n",
  ];
  expect(shown(...chunks, ...end)).toBe("Updating (dev):\n");
});
