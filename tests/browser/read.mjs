// Runs every way of a person through the reading room, and looks at each page with axe-core.
import { chromium } from "playwright-core";
import { statSync } from "node:fs";
import { WAYS, pictures } from "./ways.mjs";

const [, , executablePath, demo, attacked, folder] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let failed = 0;

/** A fresh browser window that notes what must not happen. */
async function visitor(options = {}) {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`script: ${error}`));
  page.on("dialog", (dialog) => { faults.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (![demo, attacked].some((room) => url.href.startsWith(room))) faults.push(`asked elsewhere: ${url.href}`);
  });
  return { context, page, faults };
}

for (const [name, way, options] of WAYS) {
  const { context, page, faults } = await visitor(options);
  try {
    await way(page, { demo, attacked });
    if (faults.length) throw new Error(faults.join("\n  "));
    console.log(`browser: ${name}: ok`);
  } catch (error) {
    failed += 1;
    console.log(`browser: ${name}: FAILED at ${page.url()}\n  ${error.message ?? error}`);
  }
  await context.close();
}

if (folder) {
  for (const [name, path, options] of pictures) {
    const { context, page } = await visitor(options);
    await page.goto(new URL(path, demo).href);
    const file = `${folder}/${name}.png`;
    await page.screenshot({ path: file });
    console.log(`browser: ${file}: ${statSync(file).size} bytes`);
    await context.close();
  }
}
await browser.close();
console.log(failed ? `browser: ${failed} of ${WAYS.length} ways failed` : `browser: all ${WAYS.length} ways passed`);
process.exit(failed ? 1 : 0);
