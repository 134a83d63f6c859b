// What a person does in the reading room.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

function must(condition, what) {
  if (!condition) throw new Error(what);
}

/** No serious finding of axe-core. It is handed to the page by the debugger, past the page's own policy. */
async function accessible(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const found = await session.send("Runtime.evaluate", {
    expression: "axe.run(document, { resultTypes: ['violations'] }).then((r) => JSON.stringify(r.violations.map((v) => [v.id, v.impact, v.nodes.map((n) => n.target.join(' ') + ': ' + n.failureSummary)])))",
    awaitPromise: true, returnByValue: true,
  });
  const serious = JSON.parse(found.result.value).filter(([, impact]) => impact === "serious" || impact === "critical");
  must(serious.length === 0, `axe: ${JSON.stringify(serious, null, 1)}`);
  await session.detach();
}

async function fits(page) {
  const [width, view] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
  must(width <= view, `the page is ${width} wide in a window of ${view}`);
}

const PAGES = ["", "?order=latest&kind=number", "a/1", "a/1/v/1", "a/1/history", "a/1/diff/1..2", "a/1/diff/1..2?view=side",
  "a/1/diff/1..2?view=unified", "a/13", "search", "search?q=pasar", "search?q=tiadasamasekali", "sites", "sites/lembah", "gone", "about", "tiada"];

/** Every page in a colour and at a width. */
const everyPage = async (page, { demo }) => {
  for (const path of PAGES) {
    // A page that is not there is said so on the console by the browser itself.
    if (path === "tiada") continue;
    await page.goto(demo + path);
    await accessible(page);
    await fits(page);
  }
};

export const WAYS = [
  ["find an edit and read it", async (page, { demo }) => {
    await page.goto(demo);
    await page.click("ol.changes h3 a >> nth=0");
    must(/\/a\/\d+(\/diff\/1\.\.2)?$/.test(page.url()), "no edit was opened");
    await page.goto(demo + "?kind=number");
    await page.click("ol.changes h3 a >> nth=0");
    must(await page.locator(".diff ins b, .diff del b").count() > 0, "no number is boxed");
    await page.click("text=side by side");
    must(await page.locator("table.side").isVisible(), "no two columns");
    await page.click("text=unified");
    must(await page.locator(".unified .add").count() > 0, "no added line");
    await page.click("text=The article");
    must(await page.locator(".rail .stop").count() === 2, "the rail has not two versions");
    await page.click(".rail .stop >> nth=1 >> a >> nth=0");
    must((await page.textContent(".notice")).includes("version 1 of 2"), "the old version does not say so");
  }],
  ["search, by mouse and by keys", async (page, { demo }) => {
    await page.goto(demo);
    await page.keyboard.press("/");
    await page.keyboard.type("pasar apung");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?q=pasar+apung");
    must(await page.locator("mark").count() > 0, "nothing is marked");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/a/*");
  }],
  ["go by the keyboard alone", async (page, { demo }) => {
    await page.goto(demo);
    await page.keyboard.press("Tab");
    must(await page.evaluate(() => document.activeElement.className) === "skip", "the first stop is not the way past the navigation");
    await page.keyboard.press("Enter");
    must(await page.evaluate(() => document.activeElement.id) === "main", "the way past the navigation leads nowhere");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    const first = await page.evaluate(() => document.querySelector("[data-key=item]").contains(document.activeElement));
    must(first, "j, j, k is not the first item");
  }],
  ["filter, and follow the feed", async (page, { demo }) => {
    await page.goto(demo);
    await page.click("summary");
    await page.check("input[value=quote]");
    await page.check("input[value=number]");
    await page.click("form button >> text=Apply");
    await page.waitForURL("**/?kind=*");
    const shown = await page.locator("ol.changes > li").count();
    const href = await page.getAttribute("a.feed", "href");
    const feed = await page.request.get(new URL(href, demo).href);
    const entries = (await feed.text()).split("<entry>").length - 1;
    must(shown > 0 && shown === entries, `${shown} on the page, ${entries} in the feed`);
  }],
  ["switch language and colours without a script", async (page, { demo }) => {
    await page.goto(demo + "a/1");
    await page.click("text=Bahasa Indonesia");
    must(await page.getAttribute("html", "lang") === "id", "the page is not Indonesian");
    await page.click("text=gelap");
    must(page.url() === demo + "a/1", "the switch leads elsewhere");
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    must(background === "rgb(23, 24, 26)", `the page is ${background}`);
    await page.goto(demo + "sites");
    must((await page.textContent("h1")) === "Situs", "the language is forgotten");
  }, { javaScriptEnabled: true }],
  ["a moved paragraph leads there and back", async (page, { demo }) => {
    for (let id = 1; id <= 15; id += 1) {
      const answer = await page.request.get(`${demo}a/${id}/diff/1..2`);
      if (answer.status() !== 200 || !(await answer.text()).includes("class=\"move\"")) continue;
      await page.goto(`${demo}a/${id}/diff/1..2`);
      await page.click("p.move a.from");
      const there = new URL(page.url()).hash;
      await page.click("p.left a.from");
      must(there.startsWith("#a") && new URL(page.url()).hash.startsWith("#b"), "the links do not meet");
      return;
    }
    throw new Error("no paragraph of the demo was moved");
  }],
  ["attacks are text", async (page, { attacked }) => {
    for (const path of ["", "a/1", "a/2", "a/3", "a/4", "a/1/diff/1..2", "a/2/diff/1..2?view=side", "a/3/diff/1..2?view=unified", "a/4/history",
      "search?q=diserang", "search?q=%22%3E%3Cscript%3Edocument.title%3D'diserang'%3C%2Fscript%3E", "sites/serang", "gone"]) {
      await page.goto(attacked + path);
      await page.waitForTimeout(50);
      must((await page.title()) !== "diserang", `a script ran at ${path}`);
      must(await page.locator("main img, main iframe, main svg:not(.plot), main script").count() === 0, `markup of the archive at ${path}`);
      await accessible(page);
    }
    must((await page.request.get(attacked + "a/1/v/1/raw")).headers()["content-type"].startsWith("text/plain"), "the page as it came is no text");
  }],
  ["every page, light", everyPage, { colorScheme: "light" }],
  ["every page, dark", everyPage, { colorScheme: "dark" }],
  ["every page, on a phone", everyPage, { viewport: { width: 360, height: 740 }, hasTouch: true }],
];

export const pictures = [
  ["front", "", { viewport: { width: 1000, height: 640 } }],
  ["diff", "a/1/diff/1..2", { viewport: { width: 1000, height: 820 } }],
  ["article-dark", "a/1", { viewport: { width: 1000, height: 640 }, colorScheme: "dark" }],
  ["phone", "", { viewport: { width: 390, height: 780 }, locale: "id-ID" }],
  ["site", "sites/lembah", { viewport: { width: 1100, height: 820 } }],
];
