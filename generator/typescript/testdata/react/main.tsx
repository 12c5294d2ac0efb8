import { useState } from "react";
import { createRoot } from "react-dom/client";
import * as smileid from "./smileid/index.js";

const fields = ["user_id", "job_id", "country", "id_type"];

/** Sends a request, and again after the delay that the server asks for. */
async function enroll(user: object, attempts = 3): Promise<void> {
  const response = await fetch("/enroll", {
    method: "POST",
    headers: { Authorization: "Bearer demo" },
    body: JSON.stringify(user),
  });
  if (response.ok) return;
  const problem = await smileid.readProblem(response);
  const { retryAfter } = problem;
  if (retryAfter === undefined || attempts === 1)
    throw new smileid.ProblemError(problem);
  await new Promise((resolve) => setTimeout(resolve, retryAfter * 1000));
  return enroll(user, attempts - 1);
}

function App() {
  const [toast, setToast] = useState("");
  const [problem, setProblem] = useState<smileid.Problem>();

  async function submit(form: FormData) {
    try {
      await enroll({ job_type: 5, ...Object.fromEntries(form) });
      setToast("Enrolled");
      setProblem(undefined);
    } catch (error) {
      if (!(error instanceof smileid.ProblemError)) throw error;
      setToast(smileid.messageOf(error.problem));
      setProblem(error.problem);
    }
  }

  const detailOf = (field: string) =>
    problem?.errors?.find((e) => smileid.formPath(e.pointer ?? "") === field)
      ?.detail;
  return (
    <form action={submit}>
      {fields.map((field) => (
        <label key={field}>
          {field} <input name={field} /> <em>{detailOf(field)}</em>
        </label>
      ))}
      <button>Enroll</button>
      <output>{toast}</output>
    </form>
  );
}

createRoot(document.getElementById("root")!).render(<App />);
