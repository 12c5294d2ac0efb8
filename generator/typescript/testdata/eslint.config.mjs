// What a careful frontend team lints with, on the modules without their own
// eslint-disable.
import { builtinRules } from "eslint/use-at-your-own-risk";
import tseslint from "typescript-eslint";

// The rules of "eslint:recommended", which is a package of its own.
const recommended = [...builtinRules].filter(([, rule]) => rule.meta.docs.recommended).map(([name]) => name);
if (recommended.length < 50) throw new Error(`only ${recommended.length} rules are recommended`);

export default tseslint.config(
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" } },
  { rules: Object.fromEntries(recommended.map((name) => [name, "error"])) },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
  },
);
