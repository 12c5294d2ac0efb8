// Prints, for each character, the columns that Prettier counts for it: one
// digit a character from U+0000 on, 0 for the halves of surrogate pairs.
import { util } from "prettier";

let widths = "";
for (let c = 0; c <= 0x10ffff; c++) {
  const isHalf = 0xd800 <= c && c <= 0xdfff;
  widths += isHalf ? 0 : util.getStringWidth(String.fromCodePoint(c));
}
process.stdout.write(widths);
