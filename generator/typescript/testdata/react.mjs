// Fills in the form of the application at the URL, and prints the toast and the
// details of fields after each attempt.
import { chromium } from "playwright-core";

const [executablePath, url] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"], timeout: 0 });
const page = await browser.newPage();
page.setDefaultTimeout(300_000); // on a busy machine
const failed = new Promise((_, reject) => page.on("pageerror", reject));
await Promise.race([enroll(), failed]);
await browser.close();

async function enroll() {
  await page.goto(url);
  const attempts = [
    {},
    { user_id: "user-42", job_id: "job-7", country: "NG", id_type: "PASSPORT" },
    { user_id: "user-43", job_id: "job-7", country: "NG", id_type: "PASSPORT" },
  ];
  for (const values of attempts) {
    for (const [name, value] of Object.entries(values)) await page.fill(`[name=${name}]`, value);
    const before = await page.textContent("output");
    await page.click("button");
    await page.waitForFunction((text) => document.querySelector("output").textContent !== text, before);
    const details = await page.locator("em").allTextContents();
    console.log([await page.textContent("output"), ...details].filter(Boolean).join("; "));
  }
}
