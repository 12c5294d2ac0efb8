// Checks an action.yml by the schema that GitHub publishes, and prints what is wrong.
import { readFileSync } from "node:fs";
import { parseAction } from "@actions/workflow-parser/actions/action-parser";
import { NoOperationTraceWriter } from "@actions/workflow-parser/templates/trace-writer";

const name = process.argv[2];
const parsed = parseAction({ name, content: readFileSync(name, "utf8") }, new NoOperationTraceWriter());
for (const error of parsed.context.errors.getErrors()) console.log(error.message);
