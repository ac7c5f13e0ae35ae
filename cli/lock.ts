import { randomUUID } from "node:crypto";
import { open, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cachePaths } from "./cache";
import { hasCode } from "./errors";
import { entriesOf } from "./folder-entries";
import { makeFolder } from "./make-folder";
import { identifySelf, isAlive, type ProcessIdentity } from "./process-identity";

/** Called once, when the lock is already held. */
export type OnWait = (owner: ProcessIdentity) => void;

const pollMilliseconds = 150;

/**
 * Runs `work` while no other process (and no other call in this one) runs something under the same name.
 *
 * Each contender draws a ticket: an empty file `NUMBER_PID_START_UNIQUE` in the lock's folder. The lowest ticket whose
 * process lives owns the lock, so a killed owner needs no cleaning up; and as no two tickets ever have the same file
 * name, removing a dead one can never hit a living one.
 *
 * @param name a file name: letters, digits, `-` and `.`
 * @param locks folder that all contenders share
 */
export async function withLock<Result>(
  name: string,
  work: () => Promise<Result>,
  onWait: OnWait = () => {},
  locks: string = cachePaths.locks(),
): Promise<Result> {
  const folder = join(locks, name);
  const ticket = await draw(folder);
  try {
    await waitForTurn(folder, ticket, onWait);
    return await work();
  } finally {
    await giveBack(folder, ticket);
    await removeWhenEmpty(folder);
  }
}

interface Ticket {
  readonly file: string;
  readonly number: number;
  readonly holder: ProcessIdentity;
}

async function waitForTurn(folder: string, mine: Ticket, onWait: OnWait): Promise<void> {
  for (let told = false; ; await sleep(pollMilliseconds)) {
    const owner = (await livingTickets(folder)).find((other) => precedes(other, mine));
    if (owner === undefined) {
      return;
    }
    if (!told) {
      told = true;
      onWait(owner.holder);
    }
  }
}

/**
 * A ticket behind all others. Somebody may have drawn between the look and the draw, and already own the lock with a
 * higher number: then this ticket would wrongly come first, so it is given back and another one drawn.
 */
async function draw(folder: string): Promise<Ticket> {
  const holder = identifySelf();
  for (;;) {
    makeFolder(folder);
    const number = 1 + Math.max(0, ...(await livingTickets(folder)).map((ticket) => ticket.number));
    const file = `${String(number).padStart(9, "0")}_${holder.pid}_${holder.started}_${randomUUID()}`;
    const mine: Ticket = { file, number, holder };
    if (await place(folder, mine)) {
      if (!(await livingTickets(folder)).some((other) => precedes(mine, other))) {
        return mine;
      }
      await giveBack(folder, mine);
      await sleep(Math.random() * 20);
    }
  }
}

/** False when the last holder removed the empty folder just now. */
async function place(folder: string, ticket: Ticket): Promise<boolean> {
  try {
    await (await open(join(folder, ticket.file), "wx")).close();
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      return false;
    }
    throw error;
  }
}

async function giveBack(folder: string, ticket: Ticket): Promise<void> {
  await rm(join(folder, ticket.file), { force: true });
}

async function livingTickets(folder: string): Promise<readonly Ticket[]> {
  const tickets: Ticket[] = [];
  for (const file of await entriesOf(folder)) {
    const [number, pid, started] = file.split("_");
    if (number === undefined || pid === undefined || started === undefined) {
      continue;
    }
    const ticket: Ticket = { file, number: Number(number), holder: { pid: Number(pid), started } };
    if (isAlive(ticket.holder)) {
      tickets.push(ticket);
    } else {
      await giveBack(folder, ticket);
    }
  }
  return tickets;
}

async function removeWhenEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (!hasCode(error, "ENOTEMPTY", "ENOENT", "EEXIST")) {
      throw error;
    }
  }
}

function precedes(one: Ticket, other: Ticket): boolean {
  return one.file < other.file;
}
