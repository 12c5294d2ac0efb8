// Bundles applications that use one export of index.js in the folder that is given,
// with esbuild, Rollup and webpack, and prints the minified bundles.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build, transform } from "esbuild";
import { rollup } from "rollup";
import webpack from "webpack";

const [root, ...names] = process.argv.slice(2);
const entry = (name) => join(root, `${name}-app.js`);
for (const name of names) writeFileSync(entry(name), `import { ${name} } from "./index.js"; console.log(${name});`);

const bundles = { esbuild: {}, rollup: {}, webpack: {} };
for (const name of names) {
  const { outputFiles } = await build({ entryPoints: [entry(name)], bundle: true, minify: true, format: "esm", write: false });
  bundles.esbuild[name] = outputFiles[0].text;
  const { output } = await (await rollup({ input: entry(name) })).generate({ format: "es" });
  bundles.rollup[name] = (await transform(output[0].code, { minify: true })).code;
}
// The minifier that webpack has by default, without a process for each bundle.
const Minimizer = createRequire(createRequire(import.meta.url).resolve("webpack"))("minimizer-webpack-plugin");
const optimization = { minimizer: [new Minimizer({ parallel: false, minimizerOptions: { compress: { passes: 2 } } })] };
await new Promise((resolve, reject) => {
  const configs = names.map((name) => ({
    context: root, entry: entry(name), mode: "production", optimization, output: { path: join(root, "dist"), filename: `${name}.js` },
  }));
  webpack(configs, (error, stats) => (error || stats.hasErrors() ? reject(error ?? stats.toString()) : resolve()));
});
for (const name of names) bundles.webpack[name] = readFileSync(join(root, "dist", `${name}.js`), "utf8");
console.log(JSON.stringify(bundles));
