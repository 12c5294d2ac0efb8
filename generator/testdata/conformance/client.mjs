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

for (const name of ["errs", "smileid"]) {
  const pkg = await import(pathToFileURL(join(folder, name, "index.mjs")));
  const vectors = JSON.parse(readFileSync(join(here, `${name}.json`), "utf8"), reviveNotation);
  await checkVectors(name, pkg, vectors);
}
const errs = await import(pathToFileURL(join(folder, "errs", "index.mjs")));
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
async function checkVectors(name, pkg, vectors) {
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
    check(`${name} ${i}, ${code} over HTTP: ${text.slice(0, 1000)}`, () => {
      const arrived = Object.fromEntries(Object.entries(params ?? {}).map(([k, v]) => [k, Number.isFinite(v) || typeof v !== "number" ? v : 0]));
      assert.deepStrictEqual(problem, {
        type: problem.type, title: pkg.title(code), status: response.status, ...(message && { detail: message }), code, ...arrived,
      });
      assert.equal(response.status, pkg.httpStatus(code));
      assert.ok(problem.type.endsWith(code));
      assert.ok(pkg.isProblem(problem));
      assert.deepStrictEqual(pkg.parseProblem(text), problem);
      assert.deepStrictEqual(pkg.parseProblem(problem), problem);
      if (Object.values(params ?? {}).every((v) => typeof v !== "number" || Number.isFinite(v))) {
        assert.equal(pkg.formatMessage(code, problem), message);
      }
      // What JSON.parse rounds is the nearest number.
      const rounded = pkg.parseProblem(JSON.parse(text));
      assert.ok(pkg.isProblem(rounded));
      for (const [key, value] of Object.entries(arrived)) {
        const nearest = (v) => (typeof v === "bigint" ? Number(v) : v);
        assert.deepStrictEqual(rounded[key], Array.isArray(value) ? value.map(nearest) : nearest(value), key);
      }
    });
  }

  // And back: Go reads the same error of what JSON.stringify makes of a problem.
  const bodies = [];
  const sent = [];
  for (const [text, problem] of problems) {
    try {
      bodies.push(text, JSON.stringify(problem));
      sent.push(problem);
    } catch (error) {
      bodies.length = 2 * sent.length;
      check("only a bigint cannot be sent", () => {
        assert.match(String(error), /BigInt/);
        assert.ok(Object.values(problem).flat().some((v) => typeof v === "bigint"));
      });
    }
  }
  const read = await parseInGo(name, bodies);
  for (const [i, problem] of sent.entries()) {
    check(`${name}: ${bodies[2 * i + 1]} in Go`, () => {
      assert.equal(read[2 * i].code, problem.code);
      const [original, again] = [read[2 * i], read[2 * i + 1]];
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
      errors: [{ pointer: "/a~1b~0c/3", detail: 'is "wrong" \u2028' }, { pointer: "", detail: "the whole body" }],
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
    busy: base("4002", 503, "Busy", { detail: "Wait, 3 are before you", queue: 3 }),
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
      const [read] = await parseInGo("errs", [JSON.stringify({ ...problem, code: problem.unknownCode })]);
      check("an unknown code in Go", () => assert.equal(read.code, "9001"));
    }
  }
}

/** Bodies of all kinds: the two sides know the same of each. */
async function checkBodies() {
  const random = generator(20260131);
  const bodies = [...plainBodies()];
  for (let i = 0; i < 4000; i++) bodies.push(random.body());
  const read = await parseInGo("errs", bodies);
  for (const [i, body] of bodies.entries()) {
    check(`the body ${body.slice(0, 500)}`, () => checkBody(body, read[i]));
  }
}

function checkBody(body, go) {
  const problem = errs.parseProblem(body);
  assert.ok(errs.isProblem(problem), "isProblem");
  assert.equal(Object.getPrototypeOf(problem), Object.prototype);
  assert.deepStrictEqual(errs.parseProblem(problem), problem, "again");
  const value = JSON.parse(body.replace("\ufeff", ""));
  const copy = structuredClone(value);
  const parsed = errs.parseProblem(value);
  assert.ok(errs.isProblem(parsed));
  assert.deepStrictEqual(value, copy, "the value was changed");
  assert.deepEqual(errs.parseProblem(JSON.parse(JSON.stringify(parsed))), throughJSON(parsed), "by JSON");

  const known = (s) => (s ?? "").toWellFormed?.() ?? (s ?? "").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  const { code, unknownCode } = Object(value);
  const isParsed = (typeof code !== "string" || code === "") && typeof unknownCode === "string";
  if (!isParsed) {
    assert.equal(known(problem.code ?? problem.unknownCode), go.code, "code");
    assert.equal(known(new errs.ProblemError(problem).message), go.text, "message");
  }
  for (const member of ["type", "title", "detail", "instance"]) assert.equal(known(problem[member]), go[member], member);
  assert.equal(problem.status, go.status, "status");
  assert.deepEqual((problem.errors ?? []).map((e) => [known(e.pointer), known(e.detail)]), go.errors ?? [], "errors");
  if (problem.code === undefined || go.params === null) return;
  for (const [name, type] of paramTypes.get(problem.code)) {
    const [ts, theirs] = [problem[name], go.params[name]];
    switch (type) {
      case "string":
        assert.equal(known(ts), theirs, name);
        break;
      case "string[]":
        assert.deepEqual(ts.map(known), theirs, name);
        break;
      case "integer":
        assert.equal(BigInt(ts).toString(), theirs, name);
        break;
      case "integer[]":
        assert.deepEqual(ts.map((n) => BigInt(n).toString()), theirs, name);
        break;
      case "datetime":
        assert.equal(ts === zero.datetime, theirs === zero.datetime, `${name}: ${ts}, in Go ${theirs}`);
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
    "0", "-0", "1", "-1", "9007199254740991", "9007199254740992", "9007199254740993", "-9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "9999999999999999999",
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
  for (const value of ["99", "100", "999", "1000", "-404", "404.5", "1e999", "null", '"404"', "[404]", "4040000000000000000"]) yield `{"status": ${value}}`;
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
  // An integer with a fraction or an exponent is one in TypeScript alone.
  const numbers = ["0", "1", "-1", "42", "404", "503", "9007199254740993", "-9223372036854775808", "9223372036854775807", "9223372036854775808", "123456789012345678901", "0.5", "-2.25", "1e-7", "1e300", "5e-324", "1e999"];
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
  const error = () => (next() < 0.8 ? `{"pointer":${string()},"detail":${string()}}` : value());
  const members = {
    type: string, title: string, detail: string, instance: string, status: () => pick(["404", "503", "99", "1000", "0"]), errors: () => list(error),
  };
  return {
    body() {
      const code = pick([...paramTypes.keys(), "1009", "1009", "1010", "no such code"]);
      const all = [["code", next() < 0.95 ? quote(code) : value()]];
      for (const [name, make] of Object.entries(members)) if (next() < 0.5) all.push([name, next() < 0.8 ? make() : value()]);
      for (const [name, type] of paramTypes.get(code === "1010" ? "1009" : code) ?? []) if (next() < 0.9) all.push([name, next() < 0.8 ? right[type]() : value()]);
      for (const _ of some(4, () => 0)) all.push([pick(names.filter((n) => n !== "pointer")), value()]);
      all.sort(() => next() - 0.5);
      return space() + `{${all.map(([k, v]) => `${quote(k)}${space()}:${space()}${v}`).join("," + space())}}` + space();
    },
  };
}
