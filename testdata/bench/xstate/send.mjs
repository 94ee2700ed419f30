// Answers each line "N" on stdin with the nanoseconds one actor.send took,
// averaged over N sends: ten states, thirty guarded transitions, every send
// moves the machine. It sits idle in between, so that rounds alternate.
import { createInterface } from 'node:readline';
import { createActor, createMachine } from 'xstate';

const size = 10, laps = 3;
const states = {};
for (let s = 0; s < size; s++) {
  const on = {};
  for (let lap = 0; lap < laps; lap++) {
    const k = lap * size + s;
    on[`E${k}`] = { target: `s${(s + 1) % size}`, guard: ({ context }) => context.done[k] && !context.missed[k] };
  }
  states[`s${s}`] = { on };
}
const facts = (value) => Array(size * laps).fill(value);
const machine = createMachine({ initial: 's0', context: { done: facts(true), missed: facts(false) }, states });
const actor = createActor(machine).start();
const events = Array.from({ length: size * laps }, (_, k) => ({ type: `E${k}` }));

let next = 0;
function send(n) {
  for (let i = 0; i < n; i++) {
    actor.send(events[next]);
    next = (next + 1) % events.length;
  }
}

send(20_000); // let the compiler settle
for await (const line of createInterface({ input: process.stdin })) {
  const n = Number(line);
  const began = process.hrtime.bigint();
  send(n);
  const took = process.hrtime.bigint() - began;
  if (actor.getSnapshot().value !== `s${next % size}`) throw new Error('the machine did not move');
  console.log(String(Number(took) / n));
}
