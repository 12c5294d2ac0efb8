// Runs the search in JavaScript: reads {rules, searches} as JSON from standard input,
// where a search has entries, reservations and queries, and prints for each what each
// query finds, with the number of milliseconds that all of them took.
import { readFileSync } from "node:fs";

const script = readFileSync(process.argv[2], "utf8");
const newSearch = new Function(`${script}\nreturn newSearch;`)();
const { rules, searches } = JSON.parse(readFileSync(0, "utf8"));
const results = searches.map(({ entries, reservations, queries, slice }) => {
  const search = newSearch(rules, entries ?? [], reservations ?? []);
  if (slice) while (search.step(slice));
  return queries.map((query) => {
    const { hits, reserved } = search.find(query);
    return {
      hits: hits.map(({ index, score, by }) => [index, score, by]),
      reserved: reserved.map(({ row, word, score }) => [row, word, score]),
    };
  });
});
process.stdout.write(JSON.stringify(results));
