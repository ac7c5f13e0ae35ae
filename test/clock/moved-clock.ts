import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../cli/failure";

/** Where Debian and its descendants have libraries, a folder for each architecture. */
const libraries = "/usr/lib";

/**
 * The environment of processes whose calendar is some days ahead: every program that uses the C library, Node among them, and
 * what it starts. The steady clock stays, so timers, waiting and measured lapses are real.
 *
 * @throws Failure when libfaketime is not installed
 */
export function movedClock(days: number): Readonly<Record<string, string>> {
  return {
    LD_PRELOAD: libfaketime(),
    FAKETIME: `+${days}d`,
    DONT_FAKE_MONOTONIC: "1",
  };
}

function libfaketime(): string {
  const found = existsSync(libraries)
    ? readdirSync(libraries).map((folder) => join(libraries, folder, "faketime", "libfaketimeMT.so.1"))
    : [];
  const library = found.find((file) => existsSync(file));
  if (library !== undefined) return library;
  throw new Failure(
    `No libfaketime in ${libraries}/<architecture>/faketime: install it, for example with apt-get install faketime.`,
  );
}
