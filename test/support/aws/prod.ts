import { production, type RecordedPlatform, recordPlatform } from "../recorded/aws-platform";

// Describing a whole platform takes seconds on a busy machine.
jest.setTimeout(120_000);

export let prod: RecordedPlatform;

beforeAll(async () => {
  prod = await recordPlatform(production);
});
