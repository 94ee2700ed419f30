// Walks an exported machine through plays and holds its states against the engine's.
// usage: node walk.mjs xstate|scxml MACHINE PLAYS.jsonl
// A line of PLAYS is a play: [[event, at, state the engine is in afterwards], …].
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const [, , kind, file, plays] = process.argv;

async function xstate() {
  const { createActor } = await import('xstate');
  const { machine } = await import(pathToFileURL(file));
  return () => {
    const actor = createActor(machine).start();
    return {
      send: (type, at) => actor.send({ type, at }),
      state: () => actor.getSnapshot().value,
    };
  };
}

async function scxml() {
  const scion = createRequire(import.meta.url)('@scion-scxml/scxml');
  const model = await new Promise((done, failed) => scion.pathToModel(file, (err, m) => (err ? failed(err) : done(m))));
  return async () => {
    // a data model belongs to what was prepared: each play takes its own
    const prepared = await new Promise((done, failed) => model.prepare((err, m) => (err ? failed(err) : done(m))));
    const chart = new scion.core.Statechart(prepared);
    chart.start();
    return {
      send: (name, at) => chart.gen({ name, data: { at } }),
      state: () => chart.getConfiguration()[0].replace(/^s_/, ''),
    };
  };
}

const fresh = await { xstate, scxml }[kind]();
let count = 0;
let wrong = 0;
for await (const line of createInterface({ input: createReadStream(plays) })) {
  const walker = await fresh();
  for (const [event, at, state] of JSON.parse(line)) {
    walker.send(event, at);
    if (walker.state() !== state) {
      console.log(`play ${count}, ${event} at ${at} ms: ${kind} is in ${walker.state()}, the engine in ${state}`);
      wrong++;
      break;
    }
  }
  count++;
}
console.log(`${kind}: ${count} plays, ${wrong} differ`);
process.exit(wrong > 0 ? 1 : 0);
