// What a page does with two copies of the package of small.yaml, against a
// server: the first line that is not as it should be is the result.
import * as shop from "SHOP";
import * as copy from "COPY";
import { PAYMENT_FAILED } from "CODES";

async function load(path) {
  const response = await fetch(path);
  if (!response.ok) throw new shop.ProblemError(await shop.readProblem(response), { cause: path });
  return response.json();
}

async function caught(path) {
  try {
    return await load(path);
  } catch (error) {
    return error;
  }
}

function check(found, ...expected) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${a}, not ${b}`);
}

async function main() {
  const wrong = await caught("/api/wrong-user");
  const { problem } = wrong;
  check([problem.code === shop.WRONG_USER_ID, problem.user_id, problem.status, problem.detail], true, "user-42", 401, "Wrong user id");
  check([shop.formatMessage(problem.code, problem)], "Wrong user id. This user is already enrolled with user-42");
  check([shop.httpStatus(problem.code), shop.title(problem.code)], 401, "Wrong user id");
  check([wrong.message, wrong.cause], "2209: Wrong user id", "/api/wrong-user");

  const payment = (await caught("/api/payment")).problem;
  // A number cannot hold the attempts that the server sends.
  check([payment.code === PAYMENT_FAILED, payment.amount, String(payment.attempts), payment.items], true, 12.5, "0", ["a", "b"]);

  const gateway = (await caught("/api/gateway")).problem;
  check([gateway.code, gateway.unknownCode, gateway.status], undefined, undefined, 502);
  check([(await caught("/api/ok")).ok], true);

  check([shop.ProblemError === copy.ProblemError], false);
  check([wrong instanceof shop.ProblemError, wrong instanceof copy.ProblemError, wrong instanceof Error], true, true, true);
  check([new copy.ProblemError(problem) instanceof shop.ProblemError], true);
  check([new Error("x") instanceof shop.ProblemError, (await caught("http://127.0.0.1:1/")) instanceof shop.ProblemError], false, false);
  return "as it should be";
}

main().then(
  (done) => (globalThis.result = done),
  (error) => (globalThis.result = String(error.stack)),
);
