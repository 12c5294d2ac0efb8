// Sends the errors of two versions of catalogs over HTTP, reads them with the
// generated packages of the other version, and prints what is misunderstood.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { pathToFileURL } from "node:url";

const dir = process.argv[2];
const cases = JSON.parse(readFileSync(join(dir, "cases.json"), "utf8"));

// What the server answers, by path.
const responses = new Map();
const server = createServer((request, response) => {
  const { status, headers, body } = responses.get(request.url);
  response.writeHead(status, headers).end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const { port } = server.address();

async function get(answer) {
  const path = "/" + responses.size;
  responses.set(path, answer);
  return await fetch(`http://127.0.0.1:${port}${path}`);
}

// The problem that a server of a version sends for an error: for an internal one, the
// fallback.
// An element of its errors is the same error.
function answerOf(from, e) {
  const { responseOf, problemOf, fieldErrorOf, fallback } = from.package;
  if (!e.internal) {
    const params = e.params.length > 0 ? [Object.fromEntries(e.params.map((p) => [p.name, p.value]))] : [];
    const errors = [fieldErrorOf({ pointer: "" }, e.code, ...params)];
    return responseOf({ ...problemOf(e.code, ...params), errors });
  }
  return fallback === undefined
    ? responseOf({ type: "about:blank", title: "Internal Server Error", status: 500 })
    : responseOf(problemOf(fallback));
}

// An older server, which knows other codes and names of the same errors.
const olderAnswer = (members, status) => ({
  status,
  headers: { "Content-Type": "application/problem+json" },
  body: JSON.stringify(members),
});

// Without its code, a problem is identified by its type.
const typeOnly = (answer) => ({ ...answer, body: JSON.stringify({ ...JSON.parse(answer.body), code: undefined }) });

const describe = (e) => `${e.name} (${e.code})`;

async function read(by, answer) {
  const problem = await by.package.readProblem(await get(answer));
  const found = problem.code === undefined ? undefined : by.errors.find((e) => e.code === String(problem.code));
  return { problem, found };
}

// Reads an error of one version with the package of another. expected, if it is not
// undefined, is what it must be; otherwise it is any that continues the error.
async function understand({ problems, isSame }, sender, from, e, reader, to, expected) {
  const complain = (text) => problems.push(`${sender} server, ${reader} client: ${text}`);
  const answer = answerOf(from, e);
  const { problem, found } = await read(to, answer);
  if (found === undefined) {
    complain(`${describe(e)} is unknown`);
    return;
  }
  if (expected === undefined ? !isSame(e, found) : found !== expected) {
    complain(`${describe(expected ?? e)} is ${describe(found)}`);
    return;
  }
  const [element] = problem.errors ?? [];
  if (element !== undefined && element.code !== problem.code) {
    complain(`${describe(e)} is ${element.code ?? "unknown"} as an element of errors`);
  }
  const status = to.package.httpStatus(problem.code);
  if (status !== answer.status) {
    complain(`${describe(e)} has the status ${answer.status}, not ${status}`);
  }
  const own = await read(from, typeOnly(answer));
  const byType = await read(to, typeOnly(answer));
  if (own.found === e && (byType.found === undefined || !isSame(e, byType.found))) {
    complain(`the type ${problem.type} of ${describe(e)} is unknown`);
  }
  const missing = to.package.missingParams(problem);
  // Params that the old version has: new ones are told apart from those by readers.
  const isOldClient = reader === "old";
  for (const param of found.params) {
    const sent = e.params.find((p) => p.name === param.name);
    if (isOldClient ? missing.includes(param.name) || sent === undefined : sent !== undefined && missing.includes(param.name)) {
      complain(`the param ${param.name} of ${describe(e)} is missing`);
    } else if (sent !== undefined && !isDeepStrictEqual(problem[param.name], sent.value)) {
      complain(`the param ${param.name} of ${describe(e)} has another value`);
    }
  }
}

// Compares the versions, for clients whose packages have internal errors or do not.
async function compare(c, audience) {
  const problems = [];
  const load = async (version) => ({
    ...c[version],
    package: await import(pathToFileURL(join(dir, String(c.id), version, audience, "index.mjs")).href),
  });
  const before = await load("old");
  const after = await load("new");
  const same = new Set(c.same);
  const isSame = (a, b) => a === b || same.has(`${a.id},${b.id}`) || same.has(`${b.id},${a.id}`);
  const context = { problems, isSame };
  const sent = before.errors.filter((e) => !e.internal);

  for (const e of sent) {
    await understand(context, "old", before, e, "old", before);
  }
  if (problems.length > 0) {
    throw new Error(`case ${c.id}: the old version does not understand itself: ${problems}`);
  }
  for (const e of sent) {
    await understand(context, "old", before, e, "new", after);
    const now = after.errors.filter((n) => isSame(n, e) && !n.retired);
    const first = now.find((n) => n.name === e.name) ?? now[0];
    if (first !== undefined) {
      await understand(context, "new", after, first, "old", before, e);
      const [was, is] = [answerOf(before, e), answerOf(after, first)].map((r) => JSON.parse(r.body));
      if (typeof was.code !== typeof is.code && !first.internal) {
        problems.push(`the code of ${describe(e)} was a ${typeof was.code}, and is a ${typeof is.code}`);
      }
      if (was.type !== "about:blank" && is.type === "about:blank" && !first.internal) {
        problems.push(`the type of ${describe(e)} was ${was.type}, and is ${is.type}`);
      }
    }
  }
  // A new error must be unknown to old clients, not another one.
  for (const e of after.errors) {
    if (!e.internal && !before.errors.some((o) => isSame(o, e))) {
      const { found } = await read(before, answerOf(after, e));
      if (found !== undefined) {
        problems.push(`new server, old client: ${describe(e)} is ${describe(found)}`);
      }
    }
  }
  // Clients know the fallback as what they get instead of an internal error.
  if (before.package.fallback !== undefined) {
    const hidden = { internal: true };
    const { problem } = await read(before, answerOf(after, hidden));
    if (problem.code !== before.package.fallback) {
      problems.push(`new server, old client: instead of an internal error comes ${problem.code}, not ${before.package.fallback}`);
    }
  }
  const last = c.later === null ? after : await load("later");
  for (const o of c.older) {
    const answer = olderAnswer(o.members, o.status);
    const [was, is] = [await read(before, answer), await read(last, answer)];
    const understood = was.found === undefined ? is.found === undefined : is.found !== undefined && isSame(was.found, is.found);
    if (!understood) {
      problems.push(`older server: ${o.what} was ${was.found ? describe(was.found) : "unknown"}, and is ${is.found ? describe(is.found) : "unknown"}`);
    }
  }
  return problems;
}

for (const c of cases) {
  const problems = await compare(c, "public");
  if ([c.old, c.new].some((version) => version.errors.some((e) => e.internal))) {
    problems.push(...(await compare(c, "internal")));
  }
  console.log(JSON.stringify({ id: c.id, problems }));
}
server.close();
