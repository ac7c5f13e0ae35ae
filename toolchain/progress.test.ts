import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Reporter } from "../cli/reporter";
import { inWords, Progress } from "./progress";
import { showProgress } from "./progress-view";

function progressAt(clock: { now: number }): Progress {
  return new Progress(
    [
      { title: "etcd 3.6.5", expected: 60 },
      { title: "kwok 0.8.0", expected: 120 },
      { title: "helm 3.22.0", expected: 60 },
    ],
    () => clock.now,
  );
}

test("says of each tool its number, what is done, and for how long; of all how many are there and what is left", () => {
  const clock = { now: 1000 };
  const progress = progressAt(clock);
  expect(progress.summary()).toBe("Tools: 0 of 3 there after 0 s, about 4 min left");
  progress.set(0, "there", "built");
  progress.set(1, "under way", "1 of 2 packages compiled");
  clock.now += 70;
  progress.set(1, "under way", "2 of 2 packages compiled");
  expect(progress.places.map((place) => progress.line(place))).toEqual([
    "[1/3] etcd 3.6.5: built",
    "[2/3] kwok 0.8.0: 2 of 2 packages compiled, 1 min 10 s",
    "[3/3] helm 3.22.0",
  ]);
  expect(progress.summary()).toBe("Tools: 1 of 3 there after 1 min 10 s, about 2 min left");
});

test("a tool that takes longer than expected leaves no time below nothing", () => {
  const clock = { now: 0 };
  const progress = progressAt(clock);
  progress.set(0, "there", "built");
  progress.set(2, "there", "built");
  progress.set(1, "under way", "");
  clock.now = 500;
  expect(progress.left()).toBe("less than a minute");
});

test.each([
  [0.4, "0 s"],
  [59.4, "59 s"],
  [59.6, "1 min 0 s"],
  [3725, "62 min 5 s"],
])("%d seconds are %s", (seconds, words) => {
  expect(inWords(seconds)).toBe(words);
});

test("a log gets a line when a tool begins and when it ends, and one from time to time", () => {
  jest.useFakeTimers();
  try {
    const lines: string[] = [];
    const write = (line: string) => lines.push(line);
    const reporter: Reporter = { step: write, detail: write, warn: write };
    const progress = progressAt({ now: 0 });
    const view = showProgress(progress, reporter);
    progress.set(1, "under way", "building");
    view.changed(1);
    jest.advanceTimersByTime(30_000);
    progress.set(1, "there", "built");
    view.changed(1);
    view.end();
    jest.advanceTimersByTime(300_000);
    expect(lines).toEqual([
      "[2/3] kwok 0.8.0: building, 0 s",
      "[2/3] kwok 0.8.0: building, 0 s; about 4 min left for all",
      "[2/3] kwok 0.8.0: built",
      "Tools: 1 of 3 there after 0 s, about 2 min left",
    ]);
  } finally {
    jest.useRealTimers();
  }
});

test("a narrow terminal shows one line a tool, drawn over, without colours", () => {
  const script = `
    const { Writable } = require("node:stream");
    const terminal = Object.assign(
      new Writable({ write(text, _, done) { process.stdout.write(text); done(); } }),
      { isTTY: true, columns: 30, rows: 20 },
    );
    const { Progress } = require("./progress");
    const { showProgress } = require("./progress-view");
    const progress = new Progress([{ title: "kube-controller-manager 1.35.4", expected: 60 }]);
    const view = showProgress(progress, { terminal });
    progress.set(0, "there", "built");
    view.changed(0);
    view.end();
  `;
  const shown = execFileSync(
    process.execPath,
    ["--require", join(__dirname, "..", "cli", "typescript.js"), "--eval", script],
    { cwd: __dirname, encoding: "utf8", env: { PATH: process.env.PATH } },
  );
  const control = String.fromCharCode(27);
  expect(shown).toContain("  [1/1] kube-controller-mana…");
  expect(shown).toContain(`${control}[1A`);
  expect(shown).not.toMatch(new RegExp(`${control}\\[[0-9;]*m`));
  const written = shown.replaceAll(new RegExp(`${control}\\[[0-9;?]*[A-Za-z]`, "g"), "").split("\n");
  expect(written.filter((line) => line.length > 29)).toEqual([]);
});
