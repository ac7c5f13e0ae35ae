import {
  closeSync,
  cpSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";

/** Every file of the one backup in a folder of backups, by name. */
export function onlyBackup(destination: string): string {
  const [backup, ...others] = readdirSync(destination);
  if (backup === undefined || others.length > 0) {
    throw new Error(`${destination} holds ${others.length === 0 ? "no backup" : "several backups"}`);
  }
  return join(destination, backup);
}

/** Copies a folder of backups, for a drill to damage. */
export function copyOf(destination: string, drill: string): string {
  const copy = `${destination}-${drill}`;
  cpSync(destination, copy, { recursive: true });
  return copy;
}

/** Cuts a file's second half off. */
export function truncate(path: string): void {
  truncateSync(path, Math.floor(statSync(path).size / 2));
}

/** Turns over the bits of a byte in the middle of a file. */
export function corrupt(path: string): void {
  const middle = Math.floor(statSync(path).size / 2);
  const byte = readFileSync(path)[middle] ?? 0;
  const file = openSync(path, "r+");
  writeSync(file, Buffer.from([byte ^ 0xff]), 0, 1, middle);
  closeSync(file);
}

/** Changes lines of a backup's manifest. */
export function rewriteManifest(backup: string, change: (text: string) => string): void {
  const path = join(backup, "manifest");
  const before = readFileSync(path, "utf8");
  const after = change(before);
  if (after === before) throw new Error(`nothing to change in this manifest:\n${before}`);
  writeFileSync(path, after);
}
