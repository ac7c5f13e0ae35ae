import { join } from "node:path";
import { findBrowser, screenshot } from "./browser";

/** Draws the pictures of the report of prod that stand in docs/; `npm run report -- --stack prod` writes the report. */
async function draw(): Promise<void> {
  const browser = findBrowser();
  if (browser === undefined) {
    throw new Error("no Chromium on the PATH: Debian's package is `chromium`");
  }
  const page = join(__dirname, "..", "build", "report", "prod.html");
  const docs = join(__dirname, "..", "docs");
  await screenshot(browser, page, {
    to: join(docs, "report-desk.png"),
    width: 1280,
    height: 2000,
    dark: false,
  });
  await screenshot(browser, page, {
    to: join(docs, "report-phone.png"),
    width: 500,
    height: 1400,
    dark: true,
  });
}

void draw();
