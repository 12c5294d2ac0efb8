// Formats the messages of the packages in the folder that is given with the
// libraries that they are written for: {"icu" | "i18next"}/NAME has the package
// and NAME.json the vectors, as in the test of conformance. The texts are those
// of formatMessage.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import i18next from "i18next";
import { IntlMessageFormat } from "intl-messageformat";

const [root] = process.argv.slice(2);

const libraries = {
  icu: (texts) => (code, params) => String(new IntlMessageFormat(texts[code], "en").format(params)),
  i18next: (translation) => {
    const i18n = i18next.createInstance();
    i18n.init({ lng: "en", resources: { en: { translation } }, keySeparator: false, nsSeparator: false });
    return (code, params) => i18n.t(code, { replace: params });
  },
};

let count = 0;
for (const [library, make] of Object.entries(libraries)) {
  for (const name of readdirSync(join(root, library))) {
    const folder = join(root, library, name);
    const shop = await import(pathToFileURL(join(folder, "index.mjs")));
    const format = make(JSON.parse(readFileSync(join(folder, `messages.${library}.json`), "utf8")));
    for (const { code, params = {} } of JSON.parse(readFileSync(join(root, `${name}.json`), "utf8"), reviveNotation)) {
      const want = shop.format(shop.message(code), params);
      assert.equal(format(code, shop.formatParams(params)), want, `${library}, ${name}, ${code}: ${want}`);
      count++;
    }
  }
}
console.log(count);

// What a server may send besides params is left out, and does not throw.
const { formatParams, parseProblem } = await import(pathToFileURL(join(root, "icu", "conformance", "index.mjs")));
const problem = parseProblem('{"code": "1001", "value": "x", "errors": [{"detail": "y"}], "a": {"toString": 1}, "b": [{"toString": 1}], "c": null}');
assert.deepEqual(formatParams(problem), { type: "about:blank", title: "", status: "0", code: "1001", value: "x" });

/** Takes {"integer": "9007199254740993"} and {"number": "NaN"} for what they mean. */
function reviveNotation(_, value) {
  const { integer, number, ...others } = Object(value);
  if (Object.keys(others).length > 0) return value;
  if (typeof integer === "string") return BigInt(integer);
  if (typeof number === "string") return Number(number);
  return value;
}
