// Looks at the scripts of the page with the rules that ESLint recommends. The
// arguments are their files.
import { readFileSync } from "node:fs";
import { Linter } from "eslint";
import { builtinRules } from "eslint/use-at-your-own-risk";

const rules = Object.fromEntries(
  [...builtinRules].filter(([, rule]) => rule.meta.docs?.recommended).map(([name]) => [name, "error"]),
);
if (Object.keys(rules).length < 50) throw new Error("the recommended rules are not found");
const globals = Object.fromEntries(
  ["clearTimeout", "console", "CSS", "document", "DOMException", "getSelection", "Highlight", "history", "innerHeight", "IntersectionObserver", "localStorage",
    "location", "matchMedia", "navigator", "NodeFilter", "Range", "requestAnimationFrame", "setTimeout", "URL", "URLSearchParams", "window"].map((name) => [name, "readonly"]),
);
const config = {
  rules: { ...rules, "no-eval": "error", "no-implied-eval": "error", "no-new-func": "error", "prefer-const": "error", "no-var": "error", eqeqeq: "error" },
  languageOptions: { ecmaVersion: 2020, sourceType: "script", globals },
};
for (const file of process.argv.slice(2)) {
  for (const m of new Linter().verify(readFileSync(file, "utf8"), config)) {
    console.error(`${file}:${m.line}:${m.column}: ${m.message} (${m.ruleId})`);
    process.exitCode = 1;
  }
}
