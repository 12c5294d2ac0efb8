// Bundles the file of the folder that is given for Node.
import webpack from "webpack";

const [context, file] = process.argv.slice(2);
const output = { path: `${context}/dist`, filename: "webpack.cjs" };
webpack({ context, entry: `./${file}`, mode: "production", target: "node", output }, (error, stats) => {
  if (error) throw error;
  if (stats.hasErrors() || stats.hasWarnings()) {
    console.error(stats.toString());
    process.exitCode = 1;
  }
});
