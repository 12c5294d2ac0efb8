// Translations of small.yaml. A missing placeholder does not compile.
import type { Translations as ForICU } from "./icu/index.js";
import type { Translations as ForI18next } from "./i18next/index.mjs";

const plain = {
  "2205": "Sie dürfen das nicht",
  ORDER_CHANGED: "Jemand anders hat die Bestellung geändert",
  "3001": "Der Warenkorb ist abgelaufen",
  "3002": "Der Gutschein wurde schon verwendet",
  "5000": "Bei uns ist etwas schiefgegangen",
};

export const icu: ForICU = {
  ...plain,
  "2209": "Falscher Benutzer, angemeldet ist {user_id}",
  "shop/payment-failed":
    "Nach {attempts, plural, one {# Versuch} other {# Versuchen}} wurden {amount, number} für {order_id} nicht bezahlt",
};

export const i18next: ForI18next = {
  ...plain,
  "2209": "Falscher Benutzer, angemeldet ist {{- user_id}}",
  "shop/payment-failed":
    "{{order_id}}: {{- amount}} wurden nach {{attempts, number}} Versuchen nicht bezahlt",
};

export const wrong: readonly Partial<ForICU>[] = [
  // @ts-expect-error: no {user_id}
  { "2209": "Falscher Benutzer" },
  // @ts-expect-error: misspelled
  { "2209": "Falscher Benutzer, angemeldet ist {userid}" },
  // @ts-expect-error: no {order_id}
  { "shop/payment-failed": "{amount} {attempts}" },
  // @ts-expect-error: no such code
  { "4711": "" },
];

export const wrongForI18next: Partial<ForI18next> = {
  // @ts-expect-error: a single brace
  "2209": "Falscher Benutzer, angemeldet ist {user_id}",
};

// @ts-expect-error: a code is missing
export const incomplete: ForICU = plain;
