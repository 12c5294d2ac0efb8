// Holds problem.js of the packages below the folder that is given to what it
// promises. one and two are copies of the package of problem.yaml, with exact
// integers, number is the one without; other is that of small.yaml.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { SourceTextModule, createContext, runInNewContext } from "node:vm";

const [root] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(root, name, "index.mjs")));
const one = await load("one");
const { parseProblem, isProblem, readProblem, ProblemError, formatMessage, assertNever, messageOf, missingParams } = one;
const two = await load("two");
const number = await load("number");
const other = await load("other");
const names = await load("names");

const unknown = { type: "about:blank", title: "", status: 0 };
const zeros = { text: "", count: 0, ratio: 0, flag: false, at: "0001-01-01T00:00:00Z", wait: "0s", names: [], ids: [] };
const filled = { text: "a", count: 7, ratio: 0.5, flag: true, at: "2026-01-31T12:00:00.5+05:30", wait: "1m30s", names: ["b", ""], ids: [1, -2] };
const full = {
  type: "https://errors.example.com/1000", title: "Everything", status: 400, detail: "It went wrong", instance: "/7", code: "1000",
  errors: [{ pointer: "/a", detail: "is missing" }], ...filled,
};

const tests = {
  "a problem is read as it is, from text or from a value"() {
    assert.deepEqual(parseProblem(full), full);
    assert.deepEqual(parseProblem(JSON.stringify(full)), full);
    assert.deepEqual(parseProblem(" \n" + JSON.stringify(full) + "\t"), full);
    assert.deepEqual(parseProblem("\ufeff" + JSON.stringify(full)), full);
    assert.deepEqual(parseProblem({ code: "1002" }), { ...unknown, code: "1002" });
  },

  "a code that is a number stands for its digits"() {
    for (const text of ["1002", "1002.0", "10.02e2", "100200E-2"]) {
      assert.deepEqual(parseProblem(`{"code":${text}}`), { ...unknown, code: "1002" });
    }
    assert.deepEqual(parseProblem({ code: 1002 }), { ...unknown, code: "1002" });
    for (const [text, digits] of [["0", "0"], ["-0", "0"], ["-32700", "-32700"], ["9007199254740991", "9007199254740991"], ["-9007199254740991", "-9007199254740991"], ["1e-999", "0"]]) {
      assert.deepEqual(parseProblem(`{"code":${text}}`), { ...unknown, unknownCode: digits });
    }
    for (const text of ["1.5", "9007199254740992", "-9007199254740992", "1e300", "1e999", "-1e999", "true", "null", "[1002]", "{}", '""']) {
      assert.deepEqual(parseProblem(`{"code":${text}}`), unknown, text);
    }
  },

  "what is no object is an unknown problem"() {
    const values = [
      undefined, null, true, false, 0, 7, NaN, 7n, "", " ", "{", "null", "[]", '"1002"', '["1002"]', "<!doctype html><html></html>", "\ufeff", "\0",
      "{'code':'1002'}", "undefined", "NaN", "\ud800", [], [full], () => full, Symbol("1002"), Object.assign(() => 1, full),
    ];
    for (const value of values) {
      assert.deepEqual(parseProblem(value), unknown, String(value));
      assert.equal(isProblem(value), false);
    }
  },

  "any other object is one without known members"() {
    for (const value of [{}, new Date(0), new Map([["code", "1002"]]), new Set(["code"]), /1002/, Promise.resolve(full), new WeakMap(), Object.create(null), new Proxy({}, {})]) {
      assert.deepEqual(parseProblem(value), unknown);
    }
    assert.deepEqual(parseProblem(new String("ab")), { 0: "a", 1: "b", ...unknown });
    assert.deepEqual(parseProblem(new Uint8Array([7])), { 0: 7, ...unknown });
    class Body {
      #code = "1002";
      status = 404;
      get code() {
        return this.#code;
      }
    }
    assert.deepEqual(parseProblem(new Body()), { ...unknown, status: 404, code: "1002" });
    const error = Object.assign(new Error("gone"), { code: "ENOENT" });
    assert.deepEqual(parseProblem(error), { ...unknown, unknownCode: "ENOENT" });
    assert.deepEqual(parseProblem(Object.assign(Object.create(null), full)), full);
  },

  "members of the wrong type are ignored"() {
    const wrong = {
      type: [1, null, "", {}, ["a"], true, 1n, new String("a")], title: [1, null, {}, []], detail: [0, null, false, {}, ["a"]], instance: [7, null, {}, []],
      status: ["400", 99, 1000, 404.5, NaN, Infinity, -404, 0, null, true, [404], {}, 404n, new Number(404)], code: [1000.5, NaN, 2 ** 53, null, {}, ["1000"], true, "", new String("1000")],
      errors: [null, []],
    };
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        const given = { code: "1002", title: "T", status: 404, detail: "D", instance: "/7", type: name === "code" ? "about:blank" : "https://errors.example.com/1002" };
        const problem = parseProblem({ ...given, [name]: value });
        const { [name]: _, ...want } = given;
        const read = { type: { type: "about:blank" }, title: { title: "" }, status: { status: 0 } }[name] ?? {};
        assert.deepEqual(problem, { ...want, ...read }, `${name}: ${String(value)}`);
        assert.ok(isProblem(problem));
      }
    }
  },

  "params of the wrong type are what they are in Go then"() {
    const wrong = {
      text: [7, null, true, {}, ["a"], undefined], count: ["7", 1.5, NaN, Infinity, null, true, [7], 2n ** 63n, -(2n ** 63n) - 1n, 2 ** 53, 1e19, 1e300, "9007199254740993"],
      ratio: ["0.5", NaN, Infinity, null, true, 1n, {}], flag: ["true", 1, 0, null, {}], at: [
        "", "now", "2026-01-31", "2026-01-31T12:00:00", "2026-02-30T12:00:00Z", "2026-13-01T12:00:00Z", "2026-01-31t12:00:00z", "2026-01-31T24:00:00Z", "2026-01-31T12:00:60Z", "2026-01-31T1:00:00Z",
        "2026-01-31T12:00:00,5Z", "2026-01-31T12:00:00+24:00", "2026-01-31T12:00:00+01:60", 0, new Date(0), null, "2026-01-31T12:00:00." + "5".repeat(1e6) + "Z",
      ],
      wait: ["2562048h", "-9223372037s", "9223372036855ms", "", "1", "1 s", "1S", "1d", "s", ".s", "--1s", "PT1S", 90, null, "1".repeat(1e6), "1s".repeat(1e6), "." + "5".repeat(1e6)], names: ["a", null, {}, [1], ["a", ["b"]], ["a", 1n], new Set(["a"])],
      ids: [1, "1", ["1"], [1.5], [1, NaN], [[1]], [1, "9007199254740993"], [1e19], [null, 7], null, {}],
    };
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        const problem = parseProblem({ code: "1000", ...filled, [name]: value });
        assert.deepEqual(problem, { ...unknown, code: "1000", ...filled, [name]: zeros[name] }, `${name}: ${String(value).slice(0, 50)}`);
        assert.equal(isProblem({ ...problem, [name]: value }), false, `${name}: ${String(value).slice(0, 50)}`);
      }
    }
    assert.deepEqual(parseProblem({ code: "1000" }), { ...unknown, code: "1000", ...zeros });
    assert.deepEqual(parseProblem({ code: "1000", names: ["a", null, , undefined], ids: [null, 7] }).names, ["a", "", "", ""]);
    // Nothing is taken from the prototypes of what JSON.parse makes.
    assert.deepEqual(parseProblem({ code: "__proto__" }), { ...unknown, code: "__proto__", constructor: "", hasOwnProperty: 0 });
  },

  "the values that params may have are kept as they are"() {
    const right = {
      count: [0, -7, 2 ** 53 - 1, -(2 ** 53) + 1, 7n, 2n ** 63n - 1n, -(2n ** 63n)], ratio: [0, -0, 1e300, 5e-324], text: ["", "\ud800", "\0", "x".repeat(1e6)],
      at: ["2026-01-31T12:00:00Z", "2024-02-29T23:59:59.999999999999-23:59", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"], wait: ["0", "-0", "1.5h", ".5s", "+1.s", "3\u00b5s", "3\u03bcs", "-2562047h47m16.854s", "9223372036s"],
    };
    for (const [name, values] of Object.entries(right)) {
      for (const value of values) {
        const problem = parseProblem({ code: "1000", ...filled, [name]: value });
        assert.ok(Object.is(problem[name], value), `${name}: ${String(value)} is read as ${String(problem[name])}`);
        assert.ok(isProblem(problem));
      }
    }
  },

  "integers of a text lose no digit"() {
    const digits = ["9007199254740993", "-9007199254740993", "9223372036854775807", "-9223372036854775808", "1000000000000000001"];
    for (const n of digits) {
      const problem = parseProblem(`{"code":"1000","ids":[1,${n}, ${n}\n],"count":${n},"text":"${n}","ratio":${n},"more":${n},"list":[${n},{"a":${n}}]}`);
      const number = Number(n);
      assert.deepEqual(problem, {
        ...unknown, code: "1000", ...zeros, ids: [1, BigInt(n), BigInt(n)], count: BigInt(n), text: n, ratio: number, more: number, list: [number, { a: number }],
      });
      assert.deepEqual(parseProblem(problem), problem);
      assert.equal(formatMessage("1000", problem), `${n} ${n} ${number} false ${zeros.at} 0s  1, ${n}, ${n}`);
    }
    // A text is none of them, wherever it stands, and a number is no text.
    for (const text of ['{"code":"1000","text":12345678901234567}', '{"code":"1000","count":"12345678901234567","ids":["12345678901234567"],"at":12345678901234567}']) {
      assert.deepEqual(parseProblem(text), { ...unknown, code: "1000", ...zeros });
    }
    for (const member of ["type", "title", "detail", "instance", "code", "unknownCode", "errors"]) {
      assert.ok(!JSON.stringify(parseProblem(`{"${member}":12345678901234567}`)).includes("12345678901234567"), member);
    }
    const quoted = String.raw`{"a\"":"\\","b":"\" 12345678901234567","c":"12345678901234567\\\"","count":12345678901234567,"code":"1000"}`;
    assert.deepEqual(parseProblem(quoted), { ...JSON.parse(quoted), ...unknown, ...zeros, count: 12345678901234567n });
    assert.equal(parseProblem('{"12345678901234567":1,"code":"1000","count":9007199254740993}').count, 9007199254740993n);
    assert.equal(parseProblem('{"code":"1000","count":1,"count":9007199254740993}').count, 9007199254740993n);
    assert.equal(parseProblem('{"code":"1000","count":9007199254740993,"count":1}').count, 1);
    // An exponent makes it a number that was not written out.
    assert.equal(parseProblem('{"code":"1000","count":9007199254740993e0}').count, 0);
    for (const text of ["100", "1e2", "100.0", "1000E-1"]) assert.equal(parseProblem(`{"code":"1000","count":${text}}`).count, 100);
    assert.equal(parseProblem(`{"code":"1000","count":${"9".repeat(30)}}`).count, 0);
  },

  "unknown members are kept, whatever they are called"() {
    const text = '{"__proto__":{"status":404,"polluted":true},"constructor":{"prototype":{"polluted":true}},"prototype":1,"toString":null,"then":"a","toJSON":{"a":1},"":[],"0":0,"code":"no such code"}';
    for (const body of [text, JSON.parse(text)]) {
      const problem = parseProblem(body);
      assert.equal(Object.getPrototypeOf(problem), Object.prototype);
      assert.deepEqual(Object.getOwnPropertyDescriptor(problem, "__proto__").value, { status: 404, polluted: true });
      assert.equal(problem.status, 0);
      assert.equal(problem.polluted, undefined);
      assert.equal({}.polluted, undefined);
      assert.equal(problem.unknownCode, "no such code");
      assert.deepEqual(Object.entries(problem).filter(([k]) => !["type", "title", "status", "unknownCode"].includes(k)), Object.entries(JSON.parse(text)).filter(([k]) => k !== "code"));
      assert.ok(isProblem(problem));
      assert.deepEqual(parseProblem(problem), problem);
      assert.equal(parseProblem(JSON.stringify(problem)).unknownCode, "no such code");
    }
    const symbol = Symbol("a");
    const nested = { a: [1, { b: symbol }], f() {}, big: 7n };
    assert.equal(parseProblem({ nested }).nested, nested);
  },

  "codes called like properties are codes, or not, as the catalog has them"() {
    for (const code of ["__proto__", "constructor"]) assert.equal(parseProblem({ code }).code, code);
    for (const code of ["valueOf", "hasOwnProperty", "isPrototypeOf", "length", "prototype", "0"]) {
      assert.deepEqual(parseProblem({ code }), { ...unknown, unknownCode: code });
    }
    const text = '{"code":"__proto__","constructor":"c","hasOwnProperty":7}';
    assert.deepEqual(parseProblem(text), { ...JSON.parse(text), ...unknown });
    assert.equal(formatMessage("__proto__", parseProblem(text)), "c");
  },

  "an alias is read as the code that it means"() {
    for (const code of ["1000", "1001", "toString"]) assert.deepEqual(parseProblem({ ...full, code }), full);
    assert.equal(isProblem({ ...full, code: "1001" }), false);
  },

  "an unknown code is kept when the problem is parsed again"() {
    const once = parseProblem({ code: "later", value: [1] });
    assert.deepEqual(once, { ...unknown, unknownCode: "later", value: [1] });
    assert.deepEqual(parseProblem(once), once);
    assert.deepEqual(parseProblem(JSON.stringify(once)), once);
    assert.deepEqual(parseProblem({ code: "1002", unknownCode: 7 }), { ...unknown, code: "1002", unknownCode: 7 });
    assert.deepEqual(parseProblem({ unknownCode: 7 }), { ...unknown, unknownCode: "7" });
    assert.deepEqual(parseProblem({ unknownCode: [7] }), unknown);
  },

  "the input is not changed, and not shared"() {
    const freeze = (value) => (Object(value) === value ? Object.freeze(Object.values(value).forEach(freeze) ?? value) : value);
    const input = freeze(structuredClone(full));
    const copy = structuredClone(input);
    const problem = parseProblem(input);
    assert.deepEqual(input, copy);
    assert.deepEqual(problem, full);
    for (const list of ["names", "ids", "errors"]) assert.notEqual(problem[list], input[list]);
    problem.names.push("later");
    assert.deepEqual(input, copy);
  },

  "objects that do not let themselves be read are unknown problems"() {
    const fail = () => {
      throw new Error("no");
    };
    const traps = ["get", "has", "ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf", "set", "defineProperty"];
    const hostile = traps.map((trap) => new Proxy({ ...full }, { [trap]: fail }));
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const array = Proxy.revocable([], {});
    array.revoke();
    for (const name of Object.keys(full)) hostile.push(Object.defineProperty({ ...full }, name, { get: fail, enumerable: true }));
    for (const method of ["map", "every", "filter"]) hostile.push({ ...full, names: Object.assign(["a"], { [method]: fail }), errors: Object.assign([{}], { [method]: fail }) });
    hostile.push(proxy, { ...full, errors: [proxy] }, { ...full, errors: array.proxy }, { ...full, names: array.proxy }, { ...full, ids: new Proxy([1], { get: fail }) }, { get a() { throw null; } });
    for (const value of hostile) {
      const problem = parseProblem(value);
      assert.ok(isProblem(problem));
      assert.equal(typeof isProblem(value), "boolean");
    }
    assert.deepEqual(parseProblem(proxy), unknown);
    // Each read gives something else.
    let reads = 0;
    const fickle = new Proxy({}, { get: () => [7, "1000", null, {}, [1], ["a"], true, 0.5, "1s"][reads++ % 9], ownKeys: () => ["a", "code"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });
    for (let i = 0; i < 100; i++) assert.ok(isProblem(parseProblem(fickle)));
  },

  "cycles are kept"() {
    const cycle = { code: "1002" };
    cycle.self = cycle;
    cycle.list = [cycle];
    const problem = parseProblem(cycle);
    assert.equal(problem.self, cycle);
    assert.equal(problem.list[0], cycle);
    cycle.errors = [cycle];
    assert.ok(isProblem(parseProblem(cycle)));
  },

  "large bodies are read, in a time that grows as they do"() {
    // Texts for which a regular expression that goes back would need more than V8 has,
    // and more members, elements and levels than arguments or calls that it can have.
    const [huge, size, many] = [36e6, 12e6, 150_000];
    const large = 12345678901234567n;
    const count = `"code":"1000","count":${large}`;
    const texts = {
      escapes: `{${count},"text":"${"\\n".repeat(huge / 2)}"}`,
      "escaped quotes": `{${count},"text":"${'\\"'.repeat(size / 2)}"}`,
      "a text and escapes": `{${count},"text":"${"ab\\\\".repeat(size / 4)}"}`,
      "digits in a text": `{${count},"text":"${"1".repeat(size)}"}`,
      digits: `{${count},"more":${"1".repeat(huge)}}`,
      "digits behind a point": `{${count},"more":0.${"1".repeat(size)}}`,
      "short elements": `{${count},"more":[${"1,".repeat(size / 20)}1]}`,
      "large elements": `{${count},"ids":[${(large + ",").repeat(size / 180)}1]}`,
      "empty texts": `{${count},"names":[${'"",'.repeat(size / 30)}""]}`,
      blanks: `{${count}${" ".repeat(size)}}`,
    };
    for (const [name, text] of Object.entries(texts)) {
      assert.equal(parseProblem(text).count, large, name);
      delete texts[name];
    }
    for (const [name, text] of Object.entries({ at: "2026-01-31T12:00:00." + "1".repeat(size), wait: "1".repeat(size), count: "1".repeat(size), code: "1".repeat(size) })) {
      assert.ok(isProblem(parseProblem({ ...full, [name]: text })));
    }
    const members = Object.fromEntries(Array.from({ length: many }, (_, i) => [`m${i}`, i]));
    assert.equal(parseProblem({ ...members, code: "1002" }).m149999, 149_999);
    assert.equal(new ProblemError(parseProblem(members)).message, "unknown problem");
    assert.equal(parseProblem({ errors: Array(many).fill({ pointer: "/a" }) }).errors.length, many);
    for (const [open, close] of [["[", "]"], ['{"a":', "}"]]) {
      const deep = `{${count},"deep":${open.repeat(many)}1${close.repeat(many)}}`;
      const problem = parseProblem(deep);
      assert.equal(problem.count, large);
      assert.ok(isProblem(problem));
      assert.ok(isProblem(parseProblem(problem)));
      assert.ok(isProblem(parseProblem(deep.slice(0, -1))));
    }
  },

  "isProblem knows what parseProblem makes, and nothing else"() {
    assert.ok(isProblem(full));
    assert.ok(isProblem(unknown));
    assert.ok(isProblem({ ...unknown, code: undefined, detail: undefined, instance: undefined, errors: undefined, unknownCode: "x", more: Symbol() }));
    for (const name of ["type", "title", "status", ...Object.keys(zeros)]) {
      const { [name]: _, ...without } = full;
      assert.equal(isProblem(without), false, name);
    }
    for (const more of [{ status: "404" }, { status: NaN }, { status: 7 }, { type: 1 }, { title: null }, { detail: null }, { instance: 1 }, { code: "no such code" }, { code: 1000 }, { code: undefined, unknownCode: 7 }, { code: null }, { errors: null }, { errors: [null] }, { errors: [{ pointer: "/a" }] }]) {
      assert.equal(isProblem({ ...full, ...more }), false, JSON.stringify(more));
    }
    assert.equal(isProblem({ ...unknown, unknownCode: 7 }), false);
    assert.equal(isProblem(JSON.stringify(full)), false);
    assert.equal(isProblem([full]), false);
    assert.equal(isProblem(new ProblemError(full)), false);
  },

  "nothing that a program can make is too strange"() {
    const random = generator(7);
    for (let i = 0; i < 5_000; i++) {
      const value = random(0);
      const problem = parseProblem(value);
      assert.ok(isProblem(problem));
      assert.deepEqual(parseProblem(problem), problem);
      assert.equal(Object.getPrototypeOf(problem), Object.prototype);
      assert.equal(typeof new ProblemError(problem).message, "string");
    }
  },

  async "the status of a response counts"() {
    const json = (value, init) => new Response(JSON.stringify(value), init);
    assert.deepEqual(await readProblem(json(full, { status: 503, statusText: "Busy" })), { ...full, status: 503 });
    assert.deepEqual(await readProblem(json({ code: "1002" }, { status: 404, statusText: "Gone home" })), { ...unknown, title: "Gone home", status: 404, code: "1002" });
    // Over HTTP/2 there is no text of the status.
    for (const [status, title] of [[404, "Not Found"], [418, "I'm a teapot"], [503, "Service Unavailable"], [418.5, ""], [599, "HTTP status 599"], [302, "HTTP status 302"]]) {
      if (title === "") continue;
      assert.deepEqual(await readProblem(json({ code: "1002", title: "" }, { status })), { ...unknown, title, status, code: "1002" });
    }
    assert.deepEqual(await readProblem(json(full, { status: 200 })), { ...full, status: 200 });
    for (const body of [null, "", "<html>", "null", "[]", "\0", '{"code":"1002']) {
      assert.deepEqual(await readProblem(new Response(body, { status: 502, statusText: "Bad Gateway" })), { ...unknown, title: "Bad Gateway", status: 502 });
    }
    assert.equal((await readProblem(new Response("\ufeff" + JSON.stringify(full), { status: 400 }))).code, "1000");
    assert.equal((await readProblem(new Response(`{"code":"1000","count":9007199254740993}`, { status: 400 }))).count, 9007199254740993n);
  },

  async "a body that cannot be read leaves the status"() {
    const want = { ...unknown, title: "Gone", status: 410 };
    const used = new Response(JSON.stringify(full), { status: 410, statusText: "Gone" });
    await used.text();
    assert.deepEqual(await readProblem(used), want);
    const locked = new Response(JSON.stringify(full), { status: 410, statusText: "Gone" });
    locked.body.getReader();
    assert.deepEqual(await readProblem(locked), want);
    const broken = new Response(new ReadableStream({ start: (c) => c.error(new TypeError("terminated")) }), { status: 410, statusText: "Gone" });
    assert.deepEqual(await readProblem(broken), want);
    const base = { status: 410, statusText: "Gone" };
    const fail = () => {
      throw new TypeError("no");
    };
    const foreign = runInNewContext("new TypeError('of another realm')");
    for (const text of [fail, () => Promise.reject(new TypeError("no")), () => Promise.reject(foreign), () => undefined, () => 7, undefined]) {
      assert.deepEqual(await readProblem({ ...base, text }), want);
    }
  },

  async "whatever else text() rejects with is thrown unchanged"() {
    const base = { status: 410, statusText: "Gone" };
    for (const reason of [new Error("reset"), new DOMException("The user left", "AbortError"), new DOMException("Too slow", "TimeoutError"), "the user left", undefined, null, 7, { name: "Mine" }]) {
      const thrown = await readProblem({ ...base, text: () => Promise.reject(reason) }).then(() => assert.fail("nothing is thrown"), (e) => e);
      assert.equal(thrown, reason);
    }
    for (const reason of [undefined, "the user left", new Error("mine")]) {
      const server = createServer((_, response) => response.writeHead(503, { "Content-Length": 100 }).write('{"code"')).listen(0, "127.0.0.1");
      await once(server, "listening");
      const controller = new AbortController();
      const response = await fetch(`http://127.0.0.1:${server.address().port}/`, { signal: controller.signal });
      const read = readProblem(response).then(() => assert.fail("nothing is thrown"), (e) => e);
      controller.abort(reason);
      assert.equal(await read, controller.signal.reason);
      server.closeAllConnections();
      server.close();
    }
  },

  async "any fetch will do"() {
    // As node-fetch, or a test, has it.
    const response = { status: 404, statusText: "Not Found", text: async () => JSON.stringify(full), headers: {}, ok: false };
    assert.deepEqual(await readProblem(response), { ...full, status: 404 });
    assert.deepEqual(await readProblem({ status: 404, text: async () => "" }), { ...unknown, title: "Not Found", status: 404 });
    assert.deepEqual(await readProblem({ ...response, status: 0, statusText: "", text: async () => "" }), { ...unknown, title: "HTTP status 0" });
    assert.ok(isProblem(await readProblem({ ...response, status: "404", statusText: 7 })));
    class Lazy {
      get status() {
        return 404;
      }
      get statusText() {
        return "";
      }
      text() {
        return Promise.resolve(`{"code":"1002","from":"${this.constructor.name}"}`);
      }
    }
    assert.equal((await readProblem(new Lazy())).from, "Lazy");
  },

  "an error says what the problem is"() {
    const texts = [
      [full, "1000: It went wrong"], [{ ...full, detail: undefined }, "1000: Everything"], [{ ...unknown, code: "1002" }, "1002"], [{ ...unknown, unknownCode: "later", detail: "D" }, "later: D"],
      [{ ...unknown, status: 404, title: "Not Found" }, "404: Not Found"], [{ ...unknown, detail: "D" }, "D"], [{ ...unknown, status: 404 }, "404"], [unknown, "unknown problem"], [{ ...unknown, unknownCode: "", status: 404 }, "404"],
      [{ ...full, detail: "\0\ud800\n$&" }, "1000: \0\ud800\n$&"],
    ];
    for (const [problem, text] of texts) {
      const error = new ProblemError(problem);
      assert.equal(error.message, text);
      assert.equal(String(error), `ProblemError: ${text}`);
      assert.equal(error.problem, problem);
    }
  },

  "an error is one like any other"() {
    const error = new ProblemError(full);
    assert.ok(error instanceof Error);
    assert.equal(error.name, "ProblemError");
    assert.equal(Object.prototype.toString.call(error), "[object Error]");
    assert.match(error.stack, /^ProblemError: 1000: It went wrong\n|^Error: 1000: It went wrong\n/);
    assert.match(error.stack, /problem\.mjs/);
    assert.equal("cause" in error, false);
    assert.throws(() => {
      throw error;
    }, ProblemError);
    const cause = new TypeError("no network");
    assert.equal(new ProblemError(full, { cause }).cause, cause);
    assert.equal("cause" in new ProblemError(full, {}), false);
    const explicit = new ProblemError(full, { cause: undefined });
    assert.ok(Object.hasOwn(explicit, "cause"));
    assert.deepEqual(Object.getOwnPropertyDescriptor(explicit, "cause"), Object.getOwnPropertyDescriptor(new Error("a", { cause: undefined }), "cause"));
    for (const options of [undefined, null, 7, "cause"]) assert.equal("cause" in new ProblemError(full, options), false);
    assert.deepEqual(Object.keys(error).sort(), ["code", "problem", "status"]);
    assert.deepEqual([error.code, error.status], ["1000", 400]);
    assert.deepEqual([new ProblemError(unknown).code, new ProblemError(unknown).status], [undefined, 0]);
    for (const name of ["name", "message", "stack"]) assert.equal(Object.getOwnPropertyDescriptor(error, name).enumerable, false, name);
    error.name = "Mine";
    assert.equal(String(error), "Mine: 1000: It went wrong");
  },

  "error reporters get what the language lets them have"() {
    const error = new ProblemError(full, { cause: "c" });
    const { message, code, status } = error;
    assert.deepEqual(JSON.parse(JSON.stringify({ error })), { error: { name: "ProblemError", message, code, status, problem: full } });
    const clone = structuredClone(error);
    assert.deepEqual([clone.name, clone.message, clone.stack, clone.cause], ["Error", message, error.stack, "c"]);
    assert.deepEqual(structuredClone(error.problem), full);
    // JSON has no bigint.
    const exact = new ProblemError(parseProblem('{"code":"1000","count":9007199254740993,"ids":[9007199254740993]}'));
    assert.equal(JSON.parse(JSON.stringify(exact)).problem.count, "9007199254740993");
    assert.deepEqual(JSON.parse(JSON.stringify(exact)).problem.ids, ["9007199254740993"]);
  },

  "a class compiled to a function can be constructed"() {
    // What Babel and SWC make of new: the check comes before the constructor.
    function check(instance, Constructor) {
      if (!(instance instanceof Constructor)) throw new TypeError("Cannot call a class as a function");
    }
    check(Object.create(ProblemError.prototype), ProblemError);
    assert.throws(() => check({}, ProblemError), TypeError);
    assert.throws(() => check(undefined, ProblemError), TypeError);
  },

  "a truncated body has the members before its end"() {
    const text = '\ufeff {"code" : "1000", "text": "a\\"", "names": ["b", "\\"]"], "more": {"a": [1, {}]}, "flag": true , "count": 12, "ratio": 0.5}';
    const whole = { code: "1000", text: 'a"', names: ["b", '"]'], more: { a: [1, {}] }, flag: true, count: 12, ratio: 0.5 };
    const { parseProblem } = number;
    assert.deepEqual(parseProblem(text), { ...unknown, ...zeros, ...whole });
    for (let end = 0; end < text.length; end++) {
      const problem = parseProblem(text.slice(0, end));
      assert.ok(number.isProblem(problem));
      for (const [name, value] of Object.entries(problem)) {
        const number = name === "count" || name === "ratio"; // whose digits may be cut off
        if (name in whole && !number && !missingParams(problem).includes(name)) assert.deepEqual(value, whole[name]);
      }
    }
    for (const [body, want] of Object.entries({
      '{"code":"1002","more":1': { code: "1002", more: 1 }, '{"code":"1002"} trailing': { code: "1002" }, '{"code":"1002"}{"code":"1000"}': { code: "1002" }, '{"code":"1002",}': { code: "1002" },
      '{"code":"1002","more":tru': { code: "1002" }, '{"code":"1002","more":[1,2': { code: "1002" }, '{"code":"1002","more":"a': { code: "1002" }, '{"code":"1002","mo': { code: "1002" }, '{"code":"1002","more"': { code: "1002" },
      '{"code":"1002",,"more":1}': { code: "1002" }, '{"more":1x,"code":"1002"}': { more: 1 }, '{"more":01,"code":"1002"}': { more: 0 }, '{"more":1.,"code":"1002"}': {}, '{"more":[1,},"code":"1002"}': {}, '{"more":"\n","code":"1002"}': {},
      '{"code":"1002","code":"1000"': { code: "1000", ...zeros }, '{,"code":"1002"}': {}, '{"code" "1002"}': {}, '{code:"1002"}': {}, '["code":"1002"]': {}, '{"code":"1002"': { code: "1002" }, '{"code":"1002","__proto__":{"status":404': { code: "1002" },
    })) {
      assert.deepEqual(parseProblem(body), { ...unknown, ...want }, body);
    }
    assert.equal(one.parseProblem('{"code":"1000","count":9007199254740993,"text').count, 9007199254740993n);
  },

  "an integer is a number, or did not arrive"() {
    const { parseProblem, missingParams, isProblem } = number;
    for (const [text, value] of [["0", 0], ["-0", 0], ["2.0", 2], ["2e0", 2], ["20e-1", 2], ["9007199254740991", 2 ** 53 - 1], ["-9007199254740991", -(2 ** 53) + 1], ["9007199254740991.4", 2 ** 53 - 1]]) {
      const problem = parseProblem(`{"code":"1000","count":${text},"ids":[1,${text}]}`);
      assert.ok(Object.is(problem.count, value), text);
      assert.deepEqual(problem.ids, [1, value]);
      assert.deepEqual(missingParams(problem).filter((name) => ["count", "ids"].includes(name)), []);
    }
    for (const text of ["9007199254740992", "9007199254740993", "-9007199254740992", "9223372036854775807", "1e300", "1e999", "1.5", "null", '"7"', "true", "[]"]) {
      const problem = parseProblem(`{"code":"1000","count":${text},"ids":[1,${text}],"detail":"exactly ${text.replace(/"/g, "")}"}`);
      assert.equal(problem.count, 0, text);
      assert.deepEqual(problem.ids, [], text);
      assert.deepEqual(missingParams(problem).filter((name) => ["count", "ids"].includes(name)), ["count", "ids"]);
      assert.ok(isProblem(problem));
      assert.equal(number.messageOf(problem), problem.detail);
    }
    assert.equal(parseProblem({ code: "1000", count: 7n }).count, 7);
    assert.equal(parseProblem({ code: "1000", count: 2n ** 53n }).count, 0);
    assert.equal(isProblem({ ...full, count: 7n }), false);
  },

  "the params that did not arrive can be asked"() {
    const { code, ...rest } = filled;
    assert.deepEqual(missingParams(parseProblem({ code: "1000", ...rest })), []);
    assert.deepEqual(missingParams(parseProblem({ code: "1000" })), Object.keys(zeros));
    assert.deepEqual(missingParams(parseProblem({ code: "1000", ...filled, text: 7, at: "now", names: [7] })), ["text", "at", "names"]);
    assert.deepEqual(missingParams(parseProblem({ code: "1000", ...filled, text: "", count: 0, ratio: null })), ["ratio"]);
    const problem = parseProblem({ code: "1000", ...filled, flag: undefined });
    assert.deepEqual(missingParams(problem), ["flag"]);
    assert.deepEqual(missingParams(parseProblem(problem)), ["flag"]);
    assert.deepEqual(two.missingParams(two.parseProblem(problem)), ["flag"]);
    assert.deepEqual(Object.keys(problem).sort(), Object.keys(parseProblem({ code: "1000", ...filled })).sort());
    for (const value of [parseProblem(""), parseProblem({ code: "1002" }), unknown, full]) assert.deepEqual(missingParams(value), []);
  },

  "the message of a problem never fails"() {
    assert.equal(messageOf(parseProblem(full)), `a 7 0.5 true ${filled.at} 1m30s b,  1, -2`.replace("b,  1", "b,  1"));
    assert.equal(messageOf(parseProblem({ code: "1002", detail: "of the server" })), "It went wrong");
    assert.equal(messageOf(parseProblem({ code: "1000", detail: "of the server" })), "of the server");
    assert.equal(messageOf(parseProblem({ code: "1000" })), ` 0 0 false ${zeros.at} 0s  `);
    assert.equal(messageOf(parseProblem({ code: "later", detail: "D", title: "T" })), "D");
    assert.equal(messageOf(parseProblem({ code: "later", title: "T" })), "T");
    assert.equal(messageOf(parseProblem("")), "unknown problem");
    assert.equal(messageOf(parseProblem({ type: "https://billing.example.com/1002", code: "1002", detail: "D" })), "D");
    // What the compiler refuses does not fail either.
    assert.equal(messageOf({ code: "1001", ...filled }), messageOf(parseProblem(full)));
    assert.equal(messageOf({ code: "later" }), "unknown problem");
    assert.equal(formatMessage("1001", filled), "1001");
    assert.equal(formatMessage("later"), "later");
    assert.equal(one.format("{text} {none} {{}} {names}", filled), "a {none} {} b, ");
  },

  "a table handles problems by code"() {
    const handlers = { 1000: (p) => p.text, __proto__: null, constructor: () => "c", 1002: undefined };
    const run = (problem) => one.handle(problem, handlers, (p) => `other ${p.code ?? p.unknownCode}`);
    assert.equal(run(parseProblem(full)), "a");
    assert.equal(run({ ...full, code: "1001" }), "a");
    assert.equal(run(parseProblem({ code: "1002" })), "other 1002");
    assert.equal(run(parseProblem({ code: "__proto__" })), "other __proto__");
    assert.equal(run(parseProblem({ code: "constructor" })), "c");
    for (const code of ["later", "toString", "valueOf"]) assert.match(run(parseProblem({ code, type: "https://other.example.com" })), /^other/);
    assert.equal(run(parseProblem({ type: "https://billing.example.com/1000", code: "1000" })), "other 1000");
    const table = JSON.parse('{"__proto__": 1}');
    table.__proto__ = undefined;
    assert.equal(one.handle(parseProblem({ code: "__proto__" }), { ["__proto__"]: () => 7 }, () => 0), 7);
  },

  "the type says of which catalog a problem is"() {
    const uri = (code) => `https://errors.example.com/${code}`;
    for (const [type, code, want] of [
      [undefined, "1002", { code: "1002" }], ["", "1002", { code: "1002" }], [7, 1002, { code: "1002" }], ["about:blank", "later", { unknownCode: "later" }], ["about:blank", undefined, {}],
      [uri("1002"), undefined, { code: "1002" }], [uri("1001"), undefined, { code: "1000" }], [uri("1002"), "1003", { code: "1002" }], [uri("later"), "1002", { unknownCode: "1002" }], [uri("later"), undefined, { unknownCode: "later" }],
      [uri("later"), "newer", { unknownCode: "newer" }], [uri("a/b"), "a/b", { unknownCode: "a/b" }], [uri("a/b"), "1002", { unknownCode: "1002" }], [uri(""), "1002", { unknownCode: "1002" }], [uri("1002?x"), "1002", { unknownCode: "1002" }],
      ["https://other.example.com/1002", "1002", { unknownCode: "1002" }], ["https://errors.example.com", "1002", { unknownCode: "1002" }], ["https://errorsXexample.com/1002", "1002", { unknownCode: "1002" }],
      ["HTTPS://errors.example.com/1002", "1002", { unknownCode: "1002" }], [uri("1002\n"), "1002", { unknownCode: "1002" }], ["urn:x", 1002, { unknownCode: "1002" }], ["urn:x", { a: 1 }, {}], [uri("__proto__"), undefined, { code: "__proto__" }],
    ]) {
      const problem = number.parseProblem({ type, code });
      assert.deepEqual([problem.code, problem.unknownCode], [want.code, want.unknownCode], `${type} ${code}`);
      assert.equal(problem.type, typeof type === "string" && type ? type : "about:blank");
      assert.ok(number.isProblem(problem));
      assert.deepEqual(number.parseProblem(problem), problem);
    }
    // The params of a foreign problem are members like any other.
    const foreign = { type: "https://other.example.com", code: "1000", title: "T", status: 404, text: 7, count: "x", errors: [{ pointer: "/a", detail: "D", code: "1000", params: { text: 1 } }] };
    const { code, ...members } = foreign;
    const { code: inner, ...element } = foreign.errors[0];
    assert.deepEqual(parseProblem(foreign), { ...members, unknownCode: code, errors: [{ ...element, unknownCode: inner }] });
    assert.equal(isProblem({ ...full, type: "https://other.example.com" }), false);
  },

  "names in types are names, synonyms and former names"() {
    const { parseProblem } = names;
    for (const [type, code] of [
      ["https://names.example.com/catalog?code=catalog", "catalog"], ["https://names.example.com/catalog?code=x", "catalog"], ["https://names.example.com/x?code=catalog", "catalog"], ["https://names.example.com/function?code=", undefined],
      ["https://names.example.com/(a+b)/function", "renamed"], ["https://names.example.com/(a+b)/toString", undefined], ["https://names.example.com/(a+b)/class", "__proto__"], ["https://names.example.com/aab/catalog", undefined],
      ["urn:names:toString", "constructor"], ["urn:names:a/b:c.d-e", "a/b:c.d-e"], ["urn:names:", undefined], ["https://names.example.com/e?code=_", "_"],
    ]) {
      assert.equal(parseProblem({ type }).code, code, type);
    }
    assert.equal(names.typeURI("catalog"), "https://names.example.com/catalog?code=catalog");
    assert.equal(names.typeURI("toString"), "https://names.example.com/constructor?code=constructor");
    assert.equal(names.typeURI("none"), undefined);
  },

  "the errors of a problem have codes and params"() {
    const given = [
      { pointer: "/a", detail: "D", code: "1000", params: { text: "a", count: 2, more: [1] }, kept: true }, { parameter: "page", detail: "D", code: 1002 }, { header: "X-A", code: "1001" }, { pointer: "", detail: 7 },
      { code: "later", params: { a: 1 } }, { type: "https://other.example.com/1000", code: "1000", params: { text: 7 } }, { type: "https://errors.example.com/1002" }, {},
    ];
    const problem = number.parseProblem({ code: "1002", errors: given });
    assert.deepEqual(problem.errors, [
      { pointer: "/a", detail: "D", code: "1000", params: { ...zeros, text: "a", count: 2, more: [1] }, kept: true }, { parameter: "page", detail: "D", code: "1002" }, { header: "X-A", detail: "", code: "1000", params: zeros },
      { pointer: "", detail: "" }, { detail: "", unknownCode: "later", params: { a: 1 } }, { detail: "", type: "https://other.example.com/1000", unknownCode: "1000", params: { text: 7 } },
      { detail: "", type: "https://errors.example.com/1002", code: "1002" }, { detail: "" },
    ]);
    assert.deepEqual(problem.foreignErrors, undefined);
    assert.ok(number.isProblem(problem));
    assert.deepEqual(missingParams(problem.errors[0]), Object.keys(zeros).filter((name) => !["text", "count"].includes(name)));
    assert.deepEqual(missingParams(problem.errors[1]), []);
    assert.deepEqual(number.parseProblem(problem), problem);
    assert.deepEqual(missingParams(number.parseProblem(problem).errors[0]), missingParams(problem.errors[0]));
    assert.deepEqual(JSON.parse(number.responseOf(problem).body).errors, given);
    const exact = parseProblem('{"code":"1002","errors":["x",{"code":"1000","params":{"count":9007199254740993,"ids":[9007199254740993]}}]}').errors[0];
    assert.deepEqual([exact.params.count, exact.params.ids], [9007199254740993n, [9007199254740993n]]);
  },

  "foreign errors are kept, and sent again as they came"() {
    for (const errors of [{ Name: ["The Name field is required."] }, "wrong", 7, true, ["a", "b"], [{ pointer: "/a", detail: "D" }, null, [1], "x"], [{ pointer: 7 }, 8]]) {
      for (const base of [{ code: "1002" }, { type: "https://tools.ietf.org/html/rfc9110#section-15.5.1" }]) {
        const problem = parseProblem({ ...base, errors });
        assert.deepEqual(problem.foreignErrors, errors);
        assert.deepEqual(problem.errors?.length ?? 0, Array.isArray(errors) ? errors.filter((e) => e && typeof e === "object" && !Array.isArray(e)).length : 0);
        assert.ok(isProblem(problem));
        assert.deepEqual(parseProblem(problem), problem);
        assert.deepEqual(parseProblem(JSON.parse(JSON.stringify(problem))), problem);
        assert.deepEqual(JSON.parse(one.responseOf(problem).body).errors, errors);
      }
    }
  },

  "a problem that one catalog does not know goes to the next"() {
    const bodies = [full, { type: "https://shop.example.com/errors#2209", code: "2209", user_id: "u", title: "T" }, { code: "2209", user_id: 7 }, { code: "none", a: 1 }, { type: "https://third.example.com/1", code: "1000" }, {}];
    for (const body of bodies) {
      for (const given of [body, JSON.stringify(body), JSON.stringify(body).slice(0, -1)]) {
        const facts = { status: 404, retryAfter: "7" };
        const first = parseProblem(given, facts);
        if (first.code !== undefined) continue;
        assert.deepEqual(other.parseProblem(first), other.parseProblem(given, facts));
        assert.deepEqual(other.parseProblem(JSON.parse(JSON.stringify(first))), other.parseProblem(given, facts));
        assert.deepEqual(parseProblem(other.parseProblem(first).code ? first : other.parseProblem(first)), first);
      }
    }
    // Nothing is lost to a catalog that does not know the integer.
    const big = '{"type":"https://errors.example.com/1000","count":9007199254740993,"ids":[9007199254740993]}';
    assert.equal(parseProblem(other.parseProblem(big)).count, 9007199254740993n);
  },

  "facts about the response count"() {
    const facts = { status: 503, title: "Busy", retryAfter: "120" };
    assert.deepEqual(parseProblem(full, facts), { ...full, status: 503, retryAfter: 120 });
    assert.deepEqual(parseProblem("", facts), { ...unknown, title: "Busy", status: 503, retryAfter: 120 });
    assert.deepEqual(parseProblem("", { status: 404 }), { ...unknown, title: "Not Found", status: 404 });
    assert.deepEqual(parseProblem(full, { status: undefined, title: null, retryAfter: undefined }), full);
    const date = "Wed, 21 Oct 2015 07:28:00 GMT";
    for (const [retryAfter, want] of [
      ["0", 0], ["1", 1], [" 7 ", 7], [30, 30], [1.5, 1.5], ["-1", undefined], ["1.5", undefined], ["1e3", undefined], ["", undefined], ["soon", undefined], [-1, undefined], [NaN, undefined], [Infinity, undefined], [null, undefined], [{}, undefined], ["99999999999", undefined],
      ["Wed, 21 Oct 2015 07:28:30 GMT", 30], ["Wed, 21 Oct 2015 07:27:00 GMT", 0], ["Wednesday, 21-Oct-15 07:29:00 GMT", 60], ["2015-10-21T07:28:30Z", undefined], ["Wed, 99 Oct 2015 07:28:30 GMT", undefined],
    ]) {
      assert.equal(parseProblem("", { retryAfter, date }).retryAfter, want, String(retryAfter));
    }
    const clock = Date.now;
    Date.now = () => Date.UTC(2015, 9, 21, 7, 28);
    assert.equal(parseProblem("", { retryAfter: "Wed, 21 Oct 2015 07:29:40 GMT" }).retryAfter, 100);
    Date.now = clock;
    const kept = parseProblem(parseProblem({ code: "later" }, { retryAfter: "7" }));
    assert.equal(kept.retryAfter, 7);
    const fail = () => {
      throw new Error("no");
    };
    for (const facts of [null, undefined, 7, "x", [], { get status() { return fail(); } }, new Proxy({}, { get: fail }), { status: "404", title: 7, retryAfter: [], date: {} }]) {
      assert.deepEqual(parseProblem(full, facts), full);
    }
  },

  async "a response has its Retry-After"() {
    const answer = (headers) => readProblem(new Response("{}", { status: 503, headers }));
    assert.equal((await answer({ "Retry-After": "7" })).retryAfter, 7);
    assert.equal((await answer({})).retryAfter, undefined);
    assert.equal((await answer({ Date: "Wed, 21 Oct 2015 07:28:00 GMT", "Retry-After": "Wed, 21 Oct 2015 07:28:05 GMT" })).retryAfter, 5);
    const base = { status: 503, statusText: "", text: async () => "" };
    for (const headers of [undefined, null, {}, { get: 7 }, { get: () => { throw new Error("no"); } }, { get: () => undefined }]) {
      assert.equal((await readProblem({ ...base, headers })).retryAfter, undefined);
    }
  },

  "pointers are paths of forms"() {
    for (const [pointer, path, keys] of [
      ["", "", []], ["/", '[""]', [""]], ["/items/3/name", "items[3].name", ["items", 3, "name"]], ["/3", "[3]", [3]], ["/a~1b/m~0n/~01", "a/b.m~n.~1", ["a/b", "m~n", "~1"]], ["/a.b/c d", '["a.b"]["c d"]', ["a.b", "c d"]],
      ["/a[0]", '["a[0]"]', ["a[0]"]], ["/01/-/1e3", "01.-.1e3", ["01", "-", "1e3"]], ["/9999999999999999", "9999999999999999", ["9999999999999999"]], ["#/items/0", "items[0]", ["items", 0]], ["#/a%20b", '["a b"]', ["a b"]],
      ["#/%zz", "%zz", ["%zz"]], ["name", "name", ["name"]], ["items[3].name", '["items[3].name"]', ["items[3].name"]], ["/__proto__/x", "__proto__.x", ["__proto__", "x"]], ["/a//b", 'a[""].b', ["a", "", "b"]], ['/"', '"', ['"']], ["#", "", []],
    ]) {
      assert.deepEqual(one.pointerKeys(pointer), keys, pointer);
      assert.equal(one.formPath(pointer), path, pointer);
    }
  },

  async "a problem that was made is as a server sends it"() {
    const { problemOf, responseOf, toResponse, fieldErrorOf } = one;
    const problem = problemOf("1000", filled);
    assert.deepEqual(problem, { type: "https://errors.example.com/1000", title: "Everything", status: 400, detail: formatMessage("1000", filled), code: "1000", ...filled });
    assert.ok(isProblem(problem));
    assert.deepEqual(await readProblem(toResponse(problem)), problem);
    const response = responseOf(problem);
    assert.deepEqual(response.headers, { "Cache-Control": "no-store", "Content-Type": "application/problem+json", "X-Content-Type-Options": "nosniff" });
    assert.equal(response.status, 400);
    const whole = { ...problemOf("1002"), instance: "/7", errors: [fieldErrorOf({ pointer: "/a" }, "1000", filled), fieldErrorOf({ parameter: "p" }, "1002")], retryAfter: 1.5 };
    assert.deepEqual(whole.errors, [{ pointer: "/a", detail: formatMessage("1000", filled), code: "1000", params: filled }, { parameter: "p", detail: "It went wrong", code: "1002" }]);
    assert.deepEqual(await readProblem(toResponse(whole)), { ...whole, retryAfter: 2 });
    // A bigint is written as its digits; what JSON has no form for is left out.
    const large = problemOf("1000", { ...filled, count: 9007199254740993n, ids: [1n, 9007199254740993n], ratio: NaN });
    const body = responseOf({ ...large, errors: [fieldErrorOf({ header: "h" }, "1000", { ...filled, count: 2n ** 60n })] }).body;
    assert.match(body, /"count":9007199254740993,/);
    assert.match(body, /"ids":\[1,9007199254740993\]/);
    assert.match(body, /"count":1152921504606846976/);
    assert.ok(!body.includes("ratio\":null"));
    assert.deepEqual(missingParams(parseProblem(body)), ["ratio"]);
    // What did not arrive is not sent on.
    assert.ok(!responseOf(parseProblem({ code: "1000", text: "a" })).body.includes("count"));
    for (const [status, sent] of [[0, 500], [100, 500], [199, 500], [200, 200], [599, 599], [600, 500], [999, 500], [204, 204], [304, 304]]) {
      const made = responseOf({ ...unknown, status });
      assert.equal(made.status, sent);
      assert.equal(made.body === null, [204, 304].includes(sent));
      assert.equal(toResponse({ ...unknown, status }).status, sent);
    }
    const passed = JSON.parse(responseOf(parseProblem({ type: "urn:x", code: "later", a: 1, detail: "", retryAfter: 7 })).body);
    assert.deepEqual(passed, { type: "urn:x", code: "later", a: 1, status: 500 });
    // What the compiler refuses does not fail either.
    assert.equal(problemOf("1001", filled).code, "1000");
    assert.deepEqual(problemOf("later"), { type: "about:blank", title: "Internal Server Error", status: 500 });
    assert.equal(other.problemOf("later").code, other.fallback);
    assert.deepEqual(problemOf("1000", { ...full, more: 1 }), { ...problem, code: "1000" });
    assert.equal(JSON.parse(responseOf(problemOf("__proto__", { constructor: "c", hasOwnProperty: 7 })).body).constructor, "c");
  },

  "params have types"() {
    assert.deepEqual(one.paramTypes("1001"), { text: "string", count: "integer", ratio: "number", flag: "boolean", at: "datetime", wait: "duration", names: "string[]", ids: "integer[]" });
    for (const code of ["1002", "later", "toString2", "valueOf"]) assert.deepEqual(one.paramTypes(code), {});
  },

  "instanceof works across copies, and is not fooled"() {
    assert.notEqual(ProblemError, two.ProblemError);
    for (const [Ours, Theirs] of [[ProblemError, two.ProblemError], [two.ProblemError, ProblemError]]) {
      assert.ok(new Theirs(full) instanceof Ours);
      assert.equal(Theirs[Symbol.hasInstance](new Ours(full)), true);
    }
    assert.equal(new other.ProblemError(unknown) instanceof ProblemError, false, "of another catalog");
    const data = { ...new ProblemError(full), name: "ProblemError", message: "1000", problem: full, "errcat.everything.ProblemError": true };
    const values = [undefined, null, 7, "ProblemError", Symbol("errcat.everything.ProblemError"), full, data, JSON.parse(JSON.stringify(data)), new Error("1000"), [], () => full, structuredClone(new ProblemError(full)), Object.create(null)];
    for (const value of values) assert.equal(value instanceof ProblemError, false, String(Object.prototype.toString.call(value)));
  },

  "a subclass is one of its own"() {
    class Late extends ProblemError {}
    class Later extends Late {}
    for (const E of [ProblemError, two.ProblemError]) {
      assert.ok(new Late(full) instanceof E);
      assert.ok(new Later(full) instanceof E);
    }
    assert.ok(new Late(full) instanceof Late);
    assert.ok(new Later(full) instanceof Late);
    assert.equal(new ProblemError(full) instanceof Late, false);
    assert.equal(new Late(full) instanceof Later, false);
    assert.equal(new two.ProblemError(full) instanceof Late, false);
    assert.equal({} instanceof Late, false);
    assert.equal(null instanceof Late, false);
  },

  async "instanceof works across the realms of a page"() {
    const context = createContext({});
    const module = new SourceTextModule(readFileSync(join(root, "two", "index.mjs"), "utf8"), { context });
    await module.link(() => {
      throw new Error("the module imports others");
    });
    await module.evaluate();
    const { ProblemError: Foreign, parseProblem: parse, isProblem: is } = module.namespace;
    const foreign = new Foreign(parse(JSON.stringify(full)));
    assert.equal(foreign instanceof Error, false, "it is of this realm");
    assert.ok(foreign instanceof ProblemError);
    assert.ok(new ProblemError(full) instanceof Foreign);
    assert.ok(isProblem(foreign.problem));
    assert.ok(is(full));
    const given = runInNewContext(`(${JSON.stringify(full)})`);
    assert.deepEqual(structuredClone(parseProblem(given)), full);
    assert.ok(isProblem(given));
  },

  "assertNever names the case that there is none for"() {
    assert.throws(() => assertNever(full), /1000/);
    assert.throws(() => assertNever("1000"), /1000/);
    for (const value of [undefined, null, unknown, Symbol("a"), 7n]) assert.throws(() => assertNever(value), Error);
  },
};

/** Random values, the same for the same seed. */
function generator(seed) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const pick = (list) => list[Math.floor(next() * list.length)];
  const names = [...Object.keys(full), "unknownCode", "__proto__", "constructor", "hasOwnProperty", "pointer", "then", "toJSON", "length", "0"];
  const scalars = [
    undefined, null, true, 0, -0, 7, 404, NaN, 1e300, 2 ** 53, 7n, 2n ** 70n, "", "1000", "1001", "1002", "__proto__", "constructor", "later", "1s", "2026-01-31T12:00:00Z", "\ud800", Symbol("a"), () => 7, new Date(NaN), new Map(), new String("1000"), /a/,
    '{"code":"1000"}', '{"code":"1000","count":12345678901234567}', "[", JSON.stringify(full),
  ];
  const value = (depth) => {
    const kind = depth === 0 ? 0.1 + next() * 0.9 : next();
    if (kind < 0.5 || depth > 3) return pick(scalars);
    if (kind < 0.65) return Array.from({ length: next() * 4 }, () => value(depth + 1));
    const entries = Array.from({ length: next() * 8 }, () => [pick(names), value(depth + 1)]);
    return Object.fromEntries(depth === 0 ? [...Object.entries(full), ...entries].filter(() => next() < 0.8) : entries);
  };
  return value;
}

for (const [name, test] of Object.entries(tests)) {
  try {
    await test();
  } catch (error) {
    console.error(`${name}: ${error.stack}`.slice(0, 3000));
    process.exitCode = 1;
  }
}
