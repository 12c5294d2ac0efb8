// Bundles applications with esbuild and with Rollup, and prints what each costs
// in bytes: the bundle, less that of the same application without the package.
//
// The file that is given says which: {"packages": [{"name", "path", "constant",
// "code"}]}, with paths below the folder of that file.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { rollup } from "rollup";

// Each application, and itself without the package.
const apps = {
  code: ['import { CONSTANT as X } from "errors"; app = (x) => x === X;', 'app = (x) => x === "CODE";'],
  types: ['import { type Problem, type ErrorCode } from "errors"; app = (x: Problem): ErrorCode | undefined => x.code;', "app = (x) => x.code;"],
  import: ['import "errors"; app = 1;', "app = 1;"],
  assertNever: ['import { assertNever } from "errors"; app = assertNever;', "app = 1;"],
  parseProblem: ['import { parseProblem } from "errors"; app = parseProblem;', "app = 1;"],
  readProblem: ['import { ProblemError, readProblem } from "errors"; app = [ProblemError, readProblem];', "app = 1;"],
  formatMessage: ['import { formatMessage } from "errors"; app = formatMessage;', "app = 1;"],
  retry: ['import { retry } from "errors"; app = retry;', "app = 1;"],
  httpStatus: ['import { httpStatus } from "errors"; app = httpStatus;', "app = 1;"],
  catalog: ['import { httpStatus, title } from "errors"; app = [httpStatus, title];', "app = 1;"],
};
const options = { target: "es2022", format: "esm", tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } } };
const [jobs] = process.argv.slice(2);
const root = dirname(jobs);

const costs = [];
for (const { name, path, constant, code } of JSON.parse(readFileSync(jobs)).packages) {
  const isInstalled = path.startsWith("node_modules/");
  const specifier = JSON.stringify(isInstalled ? name : `./${path}`);
  const sources = {};
  for (const [app, [used, alone]] of Object.entries(apps)) {
    sources[app] = used.replace('"errors"', specifier).replace("CONSTANT", constant);
    sources[`${app}-alone`] = alone.replace("CODE", code);
  }
  await add("esbuild", await withEsbuild(sources));
  // Rollup itself does not look for packages.
  if (!isInstalled) await add("rollup", await withRollup(sources, path));

  async function add(bundler, bundles) {
    for (const app of Object.keys(apps)) {
      const [used, alone] = [measure(bundles[app]), measure(bundles[`${app}-alone`])];
      const bytes = Object.fromEntries(Object.keys(used).map((k) => [k, used[k] - alone[k]]));
      costs.push({ package: name, bundler, app, ...bytes, throws: bundles[app].minified.includes("ProblemError") });
    }
  }
}
console.log(JSON.stringify(costs));

function measure({ plain, minified }) {
  return { plain: Buffer.byteLength(plain), minified: Buffer.byteLength(minified), gzipped: gzipSync(minified, { level: 9 }).length };
}

// All applications in one run, which share nothing but the time to parse.
async function withEsbuild(sources) {
  const plugin = {
    name: "applications",
    setup(build) {
      build.onResolve({ filter: /^app:/ }, ({ path }) => ({ path: path.slice("app:".length), namespace: "app" }));
      build.onLoad({ filter: /.*/, namespace: "app" }, ({ path }) => ({ contents: sources[path], loader: "ts", resolveDir: root }));
    },
  };
  const entryPoints = Object.keys(sources).map((app) => ({ in: `app:${app}`, out: app }));
  const bundles = {};
  for (const kind of ["plain", "minified"]) {
    const { outputFiles } = await build({
      ...options, entryPoints, plugins: [plugin], minify: kind === "minified",
      bundle: true, write: false, absWorkingDir: root, outdir: root,
    });
    for (const { path, text } of outputFiles) {
      (bundles[path.slice(root.length + 1, -".js".length)] ??= {})[kind] = text.replace(/^\/\/ app:.*\n/gm, "");
    }
  }
  return bundles;
}

async function withRollup(sources, path) {
  const bundles = {};
  let cache; // of what was parsed
  for (const [app, source] of Object.entries(sources)) {
    const plugin = {
      name: "typescript",
      resolveId(id, importer) {
        if (id === "app.ts") return id;
        if (importer === "app.ts") return join(root, path);
        return path.endsWith(".ts") ? join(dirname(importer), id.replace(/\.js$/, ".ts")) : null;
      },
      load: (id) => (id === "app.ts" ? source : null),
      transform: async (code, id) => (id.endsWith(".ts") ? (await transform(code, { ...options, loader: "ts" })).code : null),
    };
    const bundle = await rollup({ input: "app.ts", plugins: [plugin], cache, onwarn: fail });
    if (!app.endsWith("-alone")) ({ cache } = bundle);
    const { code } = (await bundle.generate({ format: "es" })).output[0];
    // Of TypeScript, esbuild leaves no comments; of JavaScript, Rollup keeps the
    // line that the module begins with, which no minifier leaves.
    const plain = path.endsWith(".ts") ? (await transform(code, options)).code : code.replace(/^\/\/ Code generated .*\n+/, "");
    bundles[app] = { plain, minified: (await transform(plain, { ...options, minify: true })).code };
  }
  return bundles;
}

function fail(warning) {
  throw new Error(warning.message);
}
