// Calls to the server that served this page. Every refusal is one sentence, thrown as an Error.

export class Gone extends Error {
  constructor() {
    super("The server does not answer. Start it again (w2s explore); this page goes on from where it is.");
  }
}

async function call(path, options) {
  let reply;
  try {
    reply = await fetch(path, options);
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new Gone();
  }
  if (!reply.ok) throw new Error((await reply.text()).trim());
  return reply;
}

const post = (args, accept, signal) => ({
  method: "POST", signal, body: JSON.stringify(args), headers: { "Content-Type": "application/json", Accept: accept },
});

let catalogue;
export const studies = () => (catalogue ??= call("/api/studies").then((r) => r.json()).catch((e) => { catalogue = undefined; throw e; }));

export const rows = async (study, args, signal) =>
  (await call(`/api/studies/${study}`, post(args, "application/json", signal))).json();

export const query = (args) => Object.entries(args).filter(([, v]) => v !== "" && v !== undefined && v !== null)
  .map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join("&");

export const figureUrl = (study, args, ending) => `/api/studies/${study}/figure.${ending}?${query(args)}`;

// The same, with files of the reader's own in the body.
export const figure = async (study, args, ending) =>
  (await call(`/api/studies/${study}/figure.${ending}`, post(args, "*/*"))).blob();

export const text = async (path, signal) => (await call(path, { signal })).text();
export const json = async (path, signal) => (await call(path, { signal })).json();

// A run as a stream of events; tell(kind, data) is called for each.
export async function stream(study, args, signal, tell) {
  const reply = await call(`/api/studies/${study}`, post(args, "text/event-stream", signal));
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "", ended = false;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      rest += value;
      const events = rest.split("\n\n");
      rest = events.pop();
      for (const event of events) {
        const [kind, data] = event.split("\n");
        const told = JSON.parse(data.slice(6));
        if (kind === "event: problem") throw new Error(told.sentence);
        ended ||= kind === "event: result";
        tell(kind.slice(7), told);
      }
    }
  } catch (problem) {
    if (problem instanceof TypeError) throw new Gone();
    throw problem;
  }
  if (!ended) throw new Gone();
}

// Does what was asked for last: while one is under way, only the newest of those that follow is kept.
export function latest(work) {
  let running = false, next;
  return async function ask(...args) {
    if (running) {
      next = args;
      return;
    }
    running = true;
    try {
      await work(...args);
    } finally {
      running = false;
      if (next) {
        const again = next;
        next = undefined;
        ask(...again);
      }
    }
  };
}
