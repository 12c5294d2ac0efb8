// Asks the language service what an editor shows for the package of small.yaml
// in the folder that is given, whose index is the file that is given.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const [root, index] = process.argv.slice(2);
const file = join(root, "app.ts");
const source = `
import * as shop from "./${index}";
import { CART_EXPIRED, type ErrorCode, formatMessage, NOT_AUTHORIZED, type Problem, UNAUTHORISED, VOUCHER_USED } from "./${index}";
export const used = [CART_EXPIRED, VOUCHER_USED, UNAUTHORISED, NOT_AUTHORIZED];
export const code: ErrorCode = "2205";
export function show(problem: Problem): unknown {
  return problem.code === shop.PAYMENT_FAILED ? problem.amount : problem.code === "2209";
}
export const text = formatMessage(shop.WRONG_USER_ID, { user_id: "" });
`;
writeFileSync(file, source);
const options = { strict: true, module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"], types: [] };
const service = ts.createLanguageService({
  getScriptFileNames: () => [file],
  getScriptVersion: () => "1",
  getScriptSnapshot: (name) => ts.sys.fileExists(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined,
  getCurrentDirectory: () => root,
  getCompilationSettings: () => options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
});
assert.deepEqual(service.getSemanticDiagnostics(file).map((d) => d.messageText), []);

// Where a text stands; | is the cursor.
const at = (text) => {
  const cursor = text.indexOf("|");
  const start = source.lastIndexOf(text.replace("|", ""));
  assert.ok(start >= 0, text);
  return start + Math.max(0, cursor);
};
const plain = (parts = []) => parts.map((part) => part.text).join("");
const info = (text) => service.getQuickInfoAtPosition(file, at(text));
const tags = (quick) => (quick.tags ?? []).map((tag) => `${tag.name} ${plain(tag.text)}`);

// Deprecated constants are struck through, and say what to use instead.
const struck = service.getSuggestionDiagnostics(file).filter((d) => d.code === 6385);
const names = new Set(struck.map((d) => source.slice(d.start, d.start + d.length)));
assert.deepEqual([...names].sort(), ["CART_EXPIRED", "UNAUTHORISED", "VOUCHER_USED"]);
assert.ok(struck.every((d) => d.reportsDeprecated));
assert.match(tags(info("|CART_EXPIRED")).join(), /^deprecated Since 2\.0\. Use {@link ORDER_CHANGED}\.\s+Carts do not expire any\s+more\.$/);
assert.match(tags(info("|VOUCHER_USED")).join(), /^deprecated No longer sent, since 3\.0\. Use {@link PAYMENT_FAILED}\.$/);
assert.match(tags(info("|UNAUTHORISED")).join(), /^deprecated Renamed to {@link NOT_AUTHORIZED}\.$/);
const link = info("|UNAUTHORISED").tags[0].text.find((part) => part.kind === "linkName");
assert.equal(link.text, "NOT_AUTHORIZED");
assert.ok(link.target, "the link leads nowhere");

// Constants, params and functions are documented.
const constant = info("|NOT_AUTHORIZED]");
assert.match(plain(constant.documentation), /^Code 2205 \(aliases 2405, 2406\), HTTP status 401: Not authorized\n\nAn invalid signature/);
assert.match(plain(constant.displayParts), /const NOT_AUTHORIZED: "2205"/);
assert.match(plain(info("problem.|amount").documentation), /^The amount, in the currency of the order\.$/);
assert.match(plain(info("|user_id: \"\"").documentation), /^The `user_id` of the request\.$/);
assert.match(plain(info("|formatMessage(").documentation), /^Returns the message of an error/);
const help = service.getSignatureHelpItems(file, at("WRONG_USER_ID, |{"), {});
const { parameters } = help.items[help.selectedItemIndex];
assert.match(plain(parameters[1].displayParts), /user_id: string|params/);

// Codes, constants and params are offered.
const offered = (text) => service.getCompletionsAtPosition(file, at(text), {}).entries;
const codes = ["2205", "2209", "3001", "3002", "5000", "ORDER_CHANGED", "shop/payment-failed"];
const offeredCodes = (text) => offered(text).map((e) => e.name).sort();
assert.deepEqual(offeredCodes('ErrorCode = "|2205'), codes);
// Those that are left where one was handled before.
assert.deepEqual(offeredCodes('=== "|2209'), codes.slice(0, -1));
const constants = offered("shop.|PAYMENT");
assert.match(constants.find((e) => e.name === "CART_EXPIRED").kindModifiers, /deprecated/);
assert.doesNotMatch(constants.find((e) => e.name === "PAYMENT_FAILED").kindModifiers, /deprecated/);
const members = offered("problem.|amount").map((e) => e.name);
for (const name of ["amount", "order_id", "items", "detail", "code"]) assert.ok(members.includes(name), name);
assert.ok(!members.includes("card_number"));
