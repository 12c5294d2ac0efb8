// Opens pages in a browser, and prints what each has found: {"url": result}.
// What goes wrong in a page is its result.
import { chromium } from "playwright-core";

const [executablePath, ...urls] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"], timeout: 0 });
const results = {};
for (const url of urls) {
  const page = await browser.newPage();
  page.setDefaultTimeout(300_000); // on a busy machine
  const failed = new Promise((resolve) => page.on("pageerror", (error) => resolve(String(error.stack))));
  await page.goto(url);
  const found = page.waitForFunction(() => globalThis.result).then((handle) => handle.jsonValue());
  results[url] = await Promise.race([found, failed]);
}
await browser.close();
console.log(JSON.stringify(results));
