// Builds the application in the folder that is given for production, as a
// frontend team would.
import { build } from "vite";

const [root] = process.argv.slice(2);
await build({ root, configFile: false, logLevel: "error", build: { outDir: "dist", emptyOutDir: true } });
