// Compares what the TypeScript packages below the folder that is given make of
// the vectors, and of what the server at the address sends, with the vectors and
// with what the Go packages say.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [folder, server] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const zero = { string: "", integer: 0, number: 0, boolean: false, datetime: "0001-01-01T00:00:00Z", duration: "0s", "string[]": [], "integer[]": [] };

let failures = 0;
function check(name, f) {
  try {
    return f();
  } catch (error) {
    failed(name, error);
  }
}
function failed(name, error) {
  process.exitCode = 1;
  if (++failures <= 20) console.error(`${name}: ${error.stack.split("\n").slice(0, 30).join("\n")}`);
}

const load = (name) => import(pathToFileURL(join(folder, name, "index.mjs")));
for (const name of ["errs", "smileid"]) {
  const vectors = JSON.parse(readFileSync(join(here, `${name}.json`), "utf8"), reviveNotation);
  await checkVectors(name, await load(name), await load(`${name}-number`), vectors);
}
const [errs, numbers] = [await load("errs"), await load("errs-number")];
const paramTypes = readParamTypes(join(folder, "errs", "params.json"));
await checkSpecials();
await checkBodies();

/** Takes {"integer": "9007199254740993"} and {"number": "NaN"} for what they mean. */
function reviveNotation(_, value) {
  const { integer, number, ...others } = Object(value);
  if (Object.keys(others).length > 0) return value;
  if (typeof integer === "string") return BigInt(integer);
  if (typeof number === "string") return Number(number);
  return value;
}

/** The types of the params that a client receives, by code and name. */
function readParamTypes(file) {
  const codes = Object.entries(JSON.parse(readFileSync(file, "utf8")));
  return new Map(codes.map(([code, params]) => [code, new Map(Object.entries(params))]));
}

/** A vector gives the message of Go, as params and as the problem that Go sends of it. */
async function checkVectors(name, pkg, numberPkg, vectors) {
  const problems = [];
  for (const [i, { code, params, message }] of vectors.entries()) {
    check(`${name} ${i}, ${code}`, () => {
      const args = params === undefined ? [] : [params];
      assert.equal(pkg.formatMessage(code, ...args), message);
    });
    const response = await fetch(`${server}/${name}/${i}`);
    const text = await response.clone().text();
    const problem = await pkg.readProblem(response);
    problems.push([text, problem]);
    const { retryAfter, ...body } = problem;
    check(`${name} ${i}, ${code} over HTTP: ${text.slice(0, 1000)}`, () => {
      const arrived = Object.fromEntries(Object.entries(params ?? {}).map(([k, v]) => [k, Number.isFinite(v) || typeof v !== "number" ? v : 0]));
      assert.deepStrictEqual(problem, {
        type: problem.type, title: pkg.title(code), status: response.status, ...(message && { detail: message }), code, ...arrived, ...(retryAfter && { retryAfter }),
      });
      const args = params === undefined ? [] : [params];
      const made = pkg.problemOf(code, ...args);
      assert.deepStrictEqual({ ...made, ...arrived }, { detail: "", ...problem });
      assert.deepStrictEqual(JSON.parse(pkg.responseOf(made).body), throughJSON(JSON.parse(text)));
      assert.equal(pkg.typeURI(code), problem.type);
      assert.equal(pkg.responseOf(made).headers["Retry-After"] ?? null, response.headers.get("Retry-After"));
      assert.equal(response.status, pkg.httpStatus(code));
      assert.ok(problem.type.endsWith(code));
      assert.ok(pkg.isProblem(problem));
      assert.deepStrictEqual(pkg.parseProblem(text), body);
      assert.deepStrictEqual(pkg.parseProblem(problem), problem);
      if (Object.values(params ?? {}).every((v) => typeof v !== "number" || Number.isFinite(v))) {
        assert.equal(pkg.formatMessage(code, problem), message);
        assert.equal(pkg.messageOf(problem), message);
      }
      // An integer that was rounded has not arrived.
      for (const rounded of [pkg.parseProblem(JSON.parse(text)), numberPkg.parseProblem(text)]) {
        assert.ok(pkg.isProblem(rounded));
        const isLarge = (v) => typeof v === "bigint";
        for (const [key, value] of Object.entries(arrived)) {
          const want = isLarge(value) ? 0 : Array.isArray(value) && value.some(isLarge) ? [] : value;
          assert.deepStrictEqual(rounded[key], want, key);
          assert.equal(pkg.missingParams(rounded).includes(key), want !== value || !Object.hasOwn(JSON.parse(text), key));
        }
        assert.equal(pkg.messageOf(rounded), message);
      }
    });
  }

  // And back: Go reads the same error of what TypeScript sends.
  const bodies = problems.flatMap(([text, problem]) => [text, pkg.responseOf(problem).body]);
  const read = await parseInGo(name, bodies);
  for (const [i, [, problem]] of problems.entries()) {
    check(`${name}: ${bodies[2 * i + 1]} in Go`, () => {
      assert.equal(read[2 * i].code, problem.code);
      const [original, again] = [read[2 * i], read[2 * i + 1]].map(({ sent, ...rest }) => ({ sent: JSON.parse(sent), ...rest }));
      assert.deepEqual(throughJSON(again), throughJSON(original));
    });
  }
}

async function parseInGo(name, bodies) {
  const response = await fetch(`${server}/${name}/parse`, { method: "POST", body: JSON.stringify(bodies) });
  assert.equal(response.status, 200);
  return response.json();
}

/** The value as JSON.stringify writes it: -0 as 0, and infinity as null. */
function throughJSON(value) {
  if (Array.isArray(value)) return value.map(throughJSON);
  if (Object(value) === value) return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, throughJSON(v)]));
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  return value === 0 ? 0 : value;
}

/** A value as it is after it was written as UTF-8. */
function utf8(value) {
  if (typeof value === "string") return known(value);
  if (Array.isArray(value)) return value.map(utf8);
  return Object(value) === value ? Object.fromEntries(Object.entries(value).map(([k, v]) => [known(k), utf8(v)])) : value;
}

/** What stands beside the params, and what is not of this catalog. */
async function checkSpecials() {
  const base = (code, status, title, more) => ({ type: `https://errors.example.com/${code}`, title, status, code, ...more });
  const text = (more) => base("1001", 400, "Text", { detail: "<a>", value: "a", ...more });
  const everything = (more) => base("1009", 400, "Everything", { text: "", count: 0, ratio: 0, flag: false, at: zero.datetime, wait: "0s", names: [], ids: [], data: "", ...more });
  const fallback = base("5000", 500, "Something went wrong on our side", { detail: "Something went wrong on our side" });
  const unknown = (status, title, more) => ({ type: "about:blank", title, status, ...more });
  const expected = {
    members: text({
      instance: "/requests/7?a=b#<c>",
      errors: [
        { pointer: "/a~1b~0c/3", detail: 'is "wrong" \u2028' }, { detail: "the whole body" },
        { pointer: "/a", detail: "Wait, 7 are before you", code: "4002", params: { queue: 7 } }, { parameter: "page", detail: "Nothing went wrong", code: "2002" },
        { header: "X-A", detail: fallback.detail, code: "5000" }, { pointer: "/b", detail: "Newer than a", type: "https://errors.example.com/9001", unknownCode: "9001", params: { value: "a", count: 1, names: [] } },
      ],
    }),
    cause: text(),
    joined: base("1002", 400, "Integer", { detail: "<7>", value: 7 }),
    code: base("1001", 400, "Text", { detail: "Text", value: "" }),
    alias: fallback,
    internal: fallback,
    unknown: fallback,
    "nil-lists": everything({ detail: ", ; 0s until 0001-01-01T00:00:00Z:  false 0 0 , false" }),
    "no-number": everything({ text: "a", count: 1, flag: true, wait: "1ns", data: "b", detail: ", ; 1ns until 10000-01-01T00:00:00Z:  true NaN 1 a, true" }),
    "not-utf8": text({ detail: "<a\ufffdb>", value: "a\ufffdb" }),
    "odd-offset": base("1005", 400, "Datetime", { detail: "<1899-12-31T23:40:27Z>", value: "1899-12-31T23:40:27Z" }),
    busy: base("4002", 503, "Busy", { detail: "Wait, 3 are before you", queue: 3, retryAfter: 90 }),
    retired: base("4003", 410, "Gone", { detail: "Gone", value: "" }),
    newer: { type: "https://errors.example.com/9001", title: "Added later", status: 400, detail: "Newer than a", instance: "/1", unknownCode: "9001", value: "a", count: 2 ** 53 - 1, names: ["b"] },
    empty: unknown(502, "Bad Gateway"),
    html: unknown(502, "Bad Gateway"),
    bom: unknown(409, "Conflict", { code: "2002" }),
    "other-status": unknown(409, "Conflict", { code: "2002" }),
    "breaks-off": unknown(503, "Service Unavailable"),
  };
  for (const [name, want] of Object.entries(expected)) {
    const response = await fetch(`${server}/special/${name}`);
    const problem = await errs.readProblem(response);
    check(`special ${name}`, () => {
      assert.deepStrictEqual(problem, want);
      assert.ok(errs.isProblem(problem));
      assert.deepStrictEqual(errs.parseProblem(JSON.parse(JSON.stringify(problem))), problem);
      if (name === "busy") assert.equal(response.headers.get("Retry-After"), "90");
    });
    if (name === "newer") {
      const [read] = await parseInGo("errs", [errs.responseOf(problem).body]);
      check("an unknown code in Go", () => assert.deepEqual([read.code, read.text], ["9001", "9001: Newer than a"]));
    }
  }
}

/** Bodies of all kinds: the two sides know the same of each. */
async function checkBodies() {
  const random = generator(20260131);
  const bodies = [...plainBodies()];
  for (let i = 0; i < 6000; i++) bodies.push(random.body());
  for (let i = 0; i < 3000; i++) bodies.push(random.broken());
  const read = await parseInGo("errs", bodies);
  for (const [i, body] of bodies.entries()) {
    check(`the body ${body.slice(0, 700)}`, () => checkBody(body, read[i]));
  }
}

/** A text as Go has it, whose strings are UTF-8. */
function known(text) {
  return (text ?? "").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

/** What JSON.parse makes of the body is read without changing it. */
function checkValue(body) {
  let value;
  try {
    value = JSON.parse(body.replace("\ufeff", ""));
  } catch {
    return;
  }
  const copy = structuredClone(value);
  const parsed = errs.parseProblem(value);
  assert.ok(errs.isProblem(parsed));
  assert.deepStrictEqual(value, copy, "the value was changed");
  assert.deepEqual(errs.parseProblem(JSON.parse(JSON.stringify(parsed))), throughJSON(parsed), "by JSON");
  // Without exact integers the same problem is read, less what is too large.
  const [exact, number] = [errs.parseProblem(body), numbers.parseProblem(body)];
  assert.ok(numbers.isProblem(number));
  for (const member of ["type", "title", "detail", "instance", "status", "code"]) assert.equal(number[member], exact[member], member);
  assert.deepEqual(numbers.parseProblem(exact), numbers.parseProblem(value), "from exact integers");
}

function checkBody(body, go) {
  const problem = errs.parseProblem(body);
  assert.ok(errs.isProblem(problem), "isProblem");
  assert.equal(Object.getPrototypeOf(problem), Object.prototype);
  assert.deepStrictEqual(errs.parseProblem(problem), problem, "again");
  checkValue(body);

  assert.equal(known(problem.code), errs.isErrorCode(go.code) ? go.code : "", "code");
  if (problem.code === undefined && go.code !== "") assert.equal(known(problem.unknownCode), go.code, "unknown code");
  // Go has the titles at hand.
  const title = problem.code !== undefined && !problem.detail && !problem.title ? `: ${errs.title(problem.code)}` : "";
  assert.equal(known(new errs.ProblemError(problem).message) + title, go.text, "message");
  for (const member of ["type", "title", "detail", "instance"]) assert.equal(known(problem[member]), go[member], member);
  assert.equal(problem.status, go.status, "status");
  checkParams(problem, problem, go);

  const elements = go.errors ?? [];
  const isForeign = elements.some((e) => e.isForeign);
  const fields = elements.filter((e) => !e.isForeign);
  if (isForeign) assert.equal(problem.foreignErrors.length, elements.length, "foreign errors");
  assert.equal(problem.errors?.length ?? 0, fields.length, "errors");
  for (const [i, field] of (problem.errors ?? []).entries()) {
    for (const member of ["pointer", "parameter", "header", "detail"]) assert.equal(known(field[member]), fields[i][member], `error ${i}: ${member}`);
    assert.equal(known(field.code), errs.isErrorCode(fields[i].code) ? fields[i].code : "", `error ${i}: code`);
    checkParams(field, field.params, fields[i]);
  }
  // What either side sends on is the same problem.
  const again = errs.parseProblem(go.sent);
  for (const member of ["code", "type", "title", "detail", "instance", "status"]) assert.equal(again[member] || "", utf8(problem[member]) || "", `sent: ${member}`);
  const isElement = (e) => Object(e) === e && !Array.isArray(e);
  const facts = ({ errors = [], foreignErrors }) => [
    Array.isArray(foreignErrors) ? foreignErrors.filter((e) => !isElement(e)) : foreignErrors,
    errors.map(({ pointer, parameter, header, detail, code, params }) => [pointer || "", parameter || "", header || "", detail, code, ...(paramTypes.get(code)?.keys() ?? [])].map((v, i) => (i > 4 ? params[v] : v))),
  ];
  // In a foreign problem, Go sends no code of an element that has no catalog.
  if (problem.errors?.some((e) => e.type === "about:blank")) return;
  assert.deepEqual(utf8(facts(again)), utf8(facts(problem)), "sent: errors");
}

/** The params that have arrived, and the names of the others. */
function checkParams(error, params, go) {
  if (error.code === undefined || !go.params) return;
  assert.deepEqual(errs.missingParams(error), go.missing ?? [], "missing");
  for (const [name, type] of paramTypes.get(error.code)) {
    const [ts, theirs] = [params[name], go.params[name]];
    switch (type) {
      case "string":
        assert.equal(known(ts), theirs, name);
        break;
      case "string[]":
        assert.deepEqual(ts.map(known), theirs, name);
        break;
      case "integer":
        assert.equal(String(ts), theirs, name);
        break;
      case "integer[]":
        assert.deepEqual(ts.map(String), theirs, name);
        break;
      case "datetime":
        assert.equal(Date.parse(ts), Date.parse(theirs), `${name}: ${ts}, in Go ${theirs}`);
        break;
      case "duration":
        assert.equal(nanoseconds(ts), nanoseconds(theirs), `${name}: ${ts}, in Go ${theirs}`);
        break;
      default:
        assert.ok(Object.is(ts, theirs), `${name}: ${ts}, in Go ${theirs}`);
    }
  }
}
/** The nanoseconds of a duration that is valid. */
function nanoseconds(text) {
  const units = { ns: 1, "\u00b5s": 1e3, "\u03bcs": 1e3, us: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/([\d.]+)([a-z\u00b5\u03bc]+)/g)) sum += Number(number) * units[unit];
  return Math.trunc(text.startsWith("-") ? -sum : sum) || 0;
}

/** Bodies that were thought of. */
function* plainBodies() {
  const datetimes = [
    "2026-01-31T12:00:00Z", "2026-01-31t12:00:00Z", "2026-01-31T12:00:00z", "2026-01-31T12:00:60Z", "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T23:59:59.999Z", "2026-01-31T12:00:00.Z",
    "2026-01-31T12:00:00.1234567891234Z", "2026-01-31T12:00:00", "2026-01-31T12:00Z", "2026-01-31", "2026-01-31 12:00:00Z", "2026-1-31T12:00:00Z", 
    "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z", "2026-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
    "2026-01-31T12:00:00+00:00", "2026-01-31T12:00:00-00:00", "2026-01-31T12:00:00+23:59", "2026-01-31T12:00:00+25:00", "2026-01-31T12:00:00+01:61", "2026-01-31T12:00:00+0100", "2026-01-31T12:00:00+01",
    "0000-01-01T00:00:00Z", "0000-02-29T00:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "+2026-01-31T12:00:00Z", "-2026-01-31T12:00:00Z", "\uff12026-01-31T12:00:00Z", "2026-01-31T12:00:00Z\n", " 2026-01-31T12:00:00Z", "", "now",
  ];
  for (const value of datetimes) yield JSON.stringify({ code: "1005", value });
  yield String.raw`{"code": "1005", "value": "2026-01-31T12:00:00\u002b02:00"}`;
  const durations = [
    "0", "+0", "-0", "00", "0.", "0s", "1", "", "s", ".", ".s", "-", "+", "1s", "+1s", "-1s", "--1s", "1.5h", ".5s", "1.s", "1..5s", "1.5.5s", "1e3s", "1 s", " 1s", "1s ", "1s\n", "1S", "1d", "1m30s", "1h1h", "1s1h", "1ms", "1us", "1\u00b5s", "1\u03bcs", "1\u03bds", "1ns",
    "1sm", "1m s", "-.5h", "1h-1m", "0x1s", "1_000s", "\u0661s", "2562047h47m16.854775807s", "1".repeat(90), "1".repeat(200) + "x",
  ];
  for (const value of durations) yield JSON.stringify({ code: "1006", value });
  const integers = [
    "0", "-0", "1", "-1", "2.0", "2e0", "-20E-1", "1e2", "0.0", "1e-400", "9007199254740991.0", "9007199254740991.4", "9007199254740993.0", "9007199254740993e0", "1e15", "1e16", "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "9999999999999999999",
    "12345678901234567890", "-12345678901234567890", "1".repeat(400), '"9007199254740993"', '"7"', "1.5", "1e-1", "0.9007199254740993", "1e400", "null", "true", "[1]", "{}",
  ];
  for (const value of integers) {
    yield `{"code": "1002", "value": ${value}}`;
    yield `{"code": "1008", "value": [${value}]}`;
    yield `{"code": "1008", "value": [1, ${value}, 9007199254740993]}`;
    yield `{"code": "1001", "value": ${value}, "title": ${value}, "status": ${value.replace("7", "409")}, "more": [${value}, {"a": ${value}}]}`;
    yield `{"code": ${value}, "type": ${value}, "detail": ${value}, "errors": [{"pointer": ${value}, "detail": "a"}]}`;
    yield `{"more": "\\\\\\"${value.replace(/"/g, '\\"')}\\\\", "value": ${value}, "code": "1002"}`;
    yield `{"value":${value},"code":"1002"}`;
  }
  const numbers = ["0", "-0", "0.1", "1e21", "1E+21", "1e-7", "123456789012345680000", "5e-324", "1e-400", "1.7976931348623157e308", "1e309", "-1e309", "9007199254740993", "12345678901234567890", "1".repeat(300), "1".repeat(400), "0." + "3".repeat(400), "null", '"1"', "[]"];
  for (const value of numbers) yield `{"code": "1003", "value": ${value}}`;
  for (const value of ["[]", "null", "{}", '""', '["a", null]', '["a", 1]', '[["a"]]', "[null]", '["9007199254740993"]', "[9007199254740993]", '{"0": "a", "length": 1}']) yield `{"code": "1007", "value": ${value}}`;
  for (const value of ["1e2", "404.0", "4040e-1", "1e3", "99.999999999999999999", "99", "100", "999", "1000", "-404", "404.5", "1e999", "null", '"404"', "[404]", "4040000000000000000"]) yield `{"status": ${value}}`;
  const uris = [
    "", "about:blank", "ABOUT:BLANK", "https://errors.example.com/", "https://errors.example.com/1001", "https://errors.example.com/1010", "https://errors.example.com/toString", "https://errors.example.com/later", "https://errors.example.com/a/b", "https://errors.example.com/1001/",
    "https://errors.example.com/all", "https://errors.example.com/all/", "https://errors.example.com/1001?a", "https://errors.example.com/-1", "https://errors.example.com/__proto__", "https://old.example.com/(a+b)/TEXT#1002", "https://old.example.com/(a+b)/TEXT#later", "https://old.example.com/(a+b)/NONE#1002",
    "https://old.example.com/(a+b)/text-1.0#x", "https://old.example.com/(a+b)/STRING#a/b", "https://old.example.com/(a+b)/NONE#none", "https://old.example.com/aab/TEXT#1001", "https://old.example.com/(a+b)/TEXT#", "urn:errors:TEXT", "urn:errors:STRING", "urn:errors:text-1.0", "urn:errors:NONE", "urn:errors:",
    "urn:errors:1001", "https://other.example.com/1001", "1001", "TEXT", "https://errors.example.com", "https://errors.example.com/\u00e9", "https://errors.example.com/1001\n",
  ];
  for (const type of uris) for (const code of [undefined, "1001", 1002, "1010", "later", "a/b", "all", 1.5, {}]) yield JSON.stringify({ type, code, value: "a", errors: [{ code: "1001", params: { value: "b" } }, { type, code }] });
  yield* ["null", "[]", "7", '"text"', "true", "{}", " {} ", '{"":""}', '{"code":""}', '{"code":"","status":404}', '{"code":"x","detail":"","title":"T"}', '{"detail":"D"}', '{"type":"","instance":""}'];
  yield '{"code":"2001","value":"a","code":"2002","value":"b"}';
  yield '{"code":"2001","value":"a","value":7}';
  yield '{"Code":"2001","VALUE":"a","Status":404,"code ":"2002"}';
  yield '{"__proto__":{"code":"2001","status":404},"constructor":{"prototype":{}},"toString":1}';
  yield '{"code":"__proto__","__proto__":{"length":7},"constructor":"c","toString":5,"hasOwnProperty":true,"length":1.5,"prototype":["p"],"toJSON":"1s"}';
  for (const code of ["__proto__", "constructor", "toString", "valueOf", "hasOwnProperty", "isPrototypeOf", "1010", "5001", "4003", "prototype"]) yield JSON.stringify({ code, detail: code });
  yield '{"code":"\\ud800","detail":"\\udc00\\ud83d","errors":[{"pointer":"\\ud800x","detail":"\\ud83d\\ude00"}]}';
  yield '{"errors":[null,7,[],{},{"pointer":1},{"detail":"d","pointer":null,"more":1},{"pointer":"/p"},"x"]}';
  yield '\ufeff{"code":"2002"}';
  yield '{"deep":' + "[".repeat(900) + "]".repeat(900) + ',"code":"2002"}';
}

/** Random bodies, the same for the same seed. */
function generator(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const pick = (list) => list[Math.floor(next() * list.length)];
  const some = (n, f) => Array.from({ length: Math.floor(next() * n) }, f);
  const strings = ["", "a", "$&", "{value}", "__proto__", "9007199254740993", "12345678901234567", "\\", '"', '\\"', "\ud83d\ude00", "\ud800", "\u2028", "1s", "-1.5h", "2026-01-31T12:00:00Z", "2026-02-30T12:00:00Z", "1001", "about:blank", "x".repeat(300)];
  const numbers = ["2.0", "4.04e2", "1e3", "0", "1", "-1", "42", "404", "503", "9007199254740993", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "123456789012345678901", "0.5", "-2.25", "1e-7", "1e300", "5e-324", "1e999"];
  const string = () => quote(next() < 0.9 ? pick(strings) : some(4, () => pick(strings)).join(""));
  const quote = (s) => (next() < 0.2 ? `"${[...Array(s.length).keys()].map((i) => "\\u" + s.charCodeAt(i).toString(16).padStart(4, "0")).join("")}"` : JSON.stringify(s));
  const space = () => (next() < 0.1 ? pick([" ", "\n", "\t", "\r\n"]) : "");
  const list = (f) => `[${some(5, f).join(space() + "," + space())}]`;
  const value = (depth = 0) =>
    pick([string, () => pick(numbers), () => pick(["true", "false", "null"]), () => (depth > 3 ? "null" : list(() => value(depth + 1))), () => (depth > 3 ? "{}" : object(depth + 1)), string])();
  const names = ["type", "title", "status", "detail", "instance", "code", "errors", "value", "text", "count", "ratio", "flag", "at", "wait", "names", "ids", "data", "__proto__", "constructor", "toString", "more", "", "pointer", "Code", "0", "then", "toJSON"];
  const object = (depth) => `{${some(5, () => `${quote(pick(names))}${space()}:${space()}${value(depth)}`).join(",")}}`;
  const right = {
    string, number: () => pick(numbers), boolean: () => pick(["true", "false"]), integer: () => pick(numbers.slice(0, 10)),
    datetime: () => quote(pick(["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.5+05:30", "2026-02-29T00:00:00Z", "0001-01-01T00:00:00Z"])),
    duration: () => quote(pick(["1s", "-1.5h", "0", "1m30s", "1", ".5s", "3\u00b5s"])),
    "string[]": () => list(() => (next() < 0.9 ? string() : value())), "integer[]": () => list(() => (next() < 0.9 ? pick(numbers.slice(0, 10)) : value())),
  };
  // TypeScript reads unknownCode as a code if there is no other.
  const params = (code) => [...(paramTypes.get(code === "1010" ? "1009" : code) ?? [])].filter(([name]) => name !== "unknownCode" && next() < 0.9).map(([name, type]) => [name, next() < 0.8 ? right[type]() : value()]);
  const write = (members) => `{${members.map(([k, v]) => `${quote(k)}${space()}:${space()}${v}`).join("," + space())}}`;
  const codes = [...errs.errorCodes(), "1009", "1009", "1010", "no such code"];
  const error = () => {
    if (next() < 0.1) return value();
    const code = pick(codes);
    const members = [["pointer", string], ["parameter", string], ["header", string], ["detail", string], ["code", () => quote(code)], ["params", () => write(params(code))], ["type", type], [pick(names), value]];
    return write(members.filter(() => next() < 0.4).map(([name, make]) => [name, next() < 0.9 ? make() : value()]).sort(() => next() - 0.5));
  };
  const type = () => quote(pick(["about:blank", "", "https://errors.example.com/" + pick(codes), "https://errors.example.com/all", "urn:errors:" + pick(["TEXT", "INTEGER", "NONE"]), "https://old.example.com/(a+b)/EVERYTHING#" + pick(codes), "https://other.example.com/" + pick(codes), "a"]));
  const members = {
    type, title: string, detail: string, instance: string, status: () => pick(["404", "503", "99", "1000", "0"]), errors: () => list(error),
  };
  const body = () => {
    const code = pick(codes);
    const all = next() < 0.9 ? [["code", next() < 0.95 ? quote(code) : value()]] : [];
    for (const [name, make] of Object.entries(members)) if (next() < 0.4) all.push([name, next() < 0.8 ? make() : value()]);
    all.push(...params(code));
    for (const _ of some(4, () => 0)) all.push([pick(names.filter((n) => n !== "pointer")), value()]);
    return space() + write(all.sort(() => next() - 0.5)) + space();
  };
  // A body that was cut off, or of which a character was lost, added or changed.
  const broken = () => {
    const text = body();
    const at = Math.floor(next() * text.length);
    const sign = pick([...'{}[]",:\\ 0-.eEtfnx\n', ""]);
    return pick([text.slice(0, at), text.slice(0, at) + sign + text.slice(at + 1), text.slice(0, at) + sign + text.slice(at), text + pick(["x", "{}", ",", "\n", "]"])]);
  };
  return { body, broken };
}
