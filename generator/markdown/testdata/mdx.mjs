// Renders the MDX files of a folder to HTML beside them, with the compiler of MDX and
// the tables of GitHub: node mdx.mjs ROOT FOLDER.
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [root, dir] = process.argv.slice(2);
const require = createRequire(path.join(root, "package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (text) => String(text).replace(/[&<>"]/g, (c) => entities[c]);

// An element is an object with its HTML.
function html(child) {
  if (child === undefined || child === null || child === false) return "";
  if (Array.isArray(child)) return child.map(html).join("");
  return typeof child === "object" ? child.html : escape(child);
}

const Fragment = Symbol("fragment");
function jsx(type, { children, ...attributes }) {
  if (typeof type === "function") return type({ children, ...attributes });
  if (type === Fragment) return { html: html(children) };
  const list = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${escape(value)}"`,
  );
  return { html: `<${type}${list.join("")}>${html(children)}</${type}>` };
}

const { evaluate } = await load("@mdx-js/mdx");
const { default: gfm } = await load("remark-gfm");
const options = { Fragment, jsx, jsxs: jsx, remarkPlugins: [gfm] };
for (const name of fs.readdirSync(dir, { recursive: true })) {
  if (!name.endsWith(".mdx")) continue;
  const file = path.join(dir, name);
  try {
    const source = fs.readFileSync(file, "utf8");
    const { default: Content, ...others } = await evaluate(source, options);
    if (Object.keys(others).length > 0) {
      throw new Error(`it exports ${Object.keys(others)}`);
    }
    fs.writeFileSync(`${file}.html`, html(Content({})));
  } catch (error) {
    console.error(`${name}: ${error.message}`);
    process.exitCode = 1;
  }
}
