import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandLine, run } from "../../cli/command-line";
import { ownRegistries } from "../../delivery/own-registries";
import { unpinnedImages, unpinnedImagesFile } from "../../facts/unpinned";
import { imageDigests, imageDigestsFile } from "../../infra/facts/image-digests";
import { readPlan } from "../../model/read-plan";
import { reviewedStacks } from "../../model/reviewed";
import { call } from "./call";
import { chosenImages } from "./chosen";
import { pin, stillUnpinned } from "./pin";
import type { RegistryCaller } from "./registry";

const project = join(__dirname, "..", "..");

interface Options {
  readonly acceptMoved?: true;
}

const caller: RegistryCaller = {
  environment: process.env,
  get: call,
};

async function pinImages({ acceptMoved }: Options): Promise<boolean> {
  const images = reviewedStacks().flatMap((stack) =>
    chosenImages(readPlan(stack), ownRegistries(project, stack), imageDigests),
  );
  const { pins, faults } = await pin(caller, images, imageDigests, { acceptMoved });
  write(imageDigestsFile, pins);
  write(unpinnedImagesFile, {
    ...unpinnedImages,
    images: stillUnpinned(unpinnedImages.images, images, pins),
  });
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  const names = Object.keys(pins).length;
  process.stdout.write(
    `${names} images pinned in infra/facts/image-pins.json, ${faults.length} without an answer or moved.\n` +
      (names > 0 ? "Now run `npm run golden`, and review what changes.\n" : ""),
  );
  return faults.length === 0;
}

function write(file: string, content: object): void {
  writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);
}

void commandLine(
  "pin-images",
  "Asks the registries for the digests of the images that the program chooses, and writes them to infra/facts/image-pins.json.",
)
  .option("--accept-moved", "take the new digest of a tag that was pushed again")
  .action(run((options: Options) => pinImages(options)))
  .parseAsync();
