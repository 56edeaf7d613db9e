// The second thread: looks while worker.js trains. It is told of every run, setting and wish, never trains, and is shown
// one checkpoint after another. onlooker.js is at the other end.
import { openDevice } from './devices.js';
import { transferables } from './protocol.js';

/** @type {any} */
let lab = null;
/** Commands are carried out one after another. @type {Promise<void>} */
let last = Promise.resolve();

self.onmessage = ({ data }) => {
  last = last.then(() => handle(data)).catch((error) => post({ type: 'crashed', message: String(error?.message ?? error) }));
};

/** @param {any} command */
async function handle(command) {
  if (command.type === 'open') {
    ({ lab } = await openDevice(command.kind, command.compiled));
    return post({ type: 'idle' });
  }
  if (command.type === 'look') return post((await lab.look(command.checkpoint)) ?? { type: 'idle' });
  const event = lab.apply(command);
  if (event.type === 'failed') throw new Error(event.message);
}

/** @param {import('./protocol.js').Event} event */
const post = (event) => self.postMessage(event, { transfer: transferables(event) });
