// node fetch.mjs <sha256 of the library>
//
// Fetches the pinned Wasmtime library into engine/runtimes/linux-x64/native/. Fetch.proj runs it only when the library is
// missing or wrong. Standard output carries one line: what was fetched, or what went wrong; the exit code N of a
// failure stands for the build error WBGN00N.
//
// npm works in a folder of its own and the finished files are renamed into place, so nobody ever sees half a file. The
// lock only makes processes share one fetch: losing it costs a second fetch, never a wrong file.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const NPM_MISSING = 1, NPM_FAILED = 2, WRONG_HASH = 3, OTHER = 4;
const HEARTBEAT_MS = 500, SILENT_OWNER_MS = 5000;

const expectedHash = process.argv[2];
const here = fileURLToPath(new URL('.', import.meta.url));
const engine = join(here, 'engine');
const target = join(engine, 'runtimes', 'linux-x64', 'native');
const library = 'libwasmtime.so', licence = 'LICENSE-wasmtime';

class Failure extends Error {
  constructor(exitCode, message) {
    super(message);
    this.exitCode = exitCode;
  }
}

const hashOf = file => createHash('sha256').update(fs.readFileSync(file)).digest('hex');

const isInPlace = () =>
  fs.existsSync(join(target, licence)) && fs.existsSync(join(target, library)) &&
  hashOf(join(target, library)) === expectedHash;

/** Runs the action as the only process that does, for as long as it takes the others to come to the same point. */
async function locked(action) {
  // The lock is a directory that holds one file named after its owner. rename() replaces a directory only when that is
  // missing or empty, so it takes the lock atomically; deleting the file of a dead owner can never hit a live one.
  const lock = join(engine, '.lock');
  const claim = fs.mkdtempSync(join(engine, '.claim-'));
  const owner = claim.slice(-6);
  fs.writeFileSync(join(claim, owner), '');

  for (let seen = '', since = 0; ;) {
    try {
      fs.renameSync(claim, lock);
      break;
    } catch (e) {
      if (e.code !== 'ENOTEMPTY' && e.code !== 'EEXIST') throw e;
    }
    // A live owner touches its file. Change is what counts, not the clock: that holds across containers and hosts.
    const [other] = namesIn(lock);
    const state = other && `${other} ${fs.statSync(join(lock, other), { throwIfNoEntry: false })?.mtimeMs}`;
    if (state !== seen) {
      seen = state;
      since = performance.now();
    } else if (other && performance.now() - since > SILENT_OWNER_MS) {
      fs.rmSync(join(lock, other), { force: true });
    }
    await sleep(100);
  }

  const heartbeat = setInterval(() => {
    try {
      fs.utimesSync(join(lock, owner), new Date(), new Date());
    } catch {
      // Taken over while this process was stopped; the other fetch does no harm.
    }
  }, HEARTBEAT_MS);
  try {
    return await action();
  } finally {
    clearInterval(heartbeat);
    fs.rmSync(join(lock, owner), { force: true });
  }
}

function namesIn(directory) {
  try {
    return fs.readdirSync(directory);
  } catch (e) {
    if (e.code === 'ENOENT') return [];
    throw e;
  }
}

async function fetchLibrary() {
  if (isInPlace()) return '';
  for (const name of namesIn(engine)) {
    if (name.startsWith('.fetch-')) fs.rmSync(join(engine, name), { recursive: true, force: true }); // of a killed fetch
  }
  const work = fs.mkdtempSync(join(engine, '.fetch-'));
  try {
    for (const name of ['package.json', 'package-lock.json', '.npmrc']) fs.copyFileSync(join(here, name), join(work, name));
    await npmCi(work);

    const [name] = Object.keys(JSON.parse(fs.readFileSync(join(work, 'package.json'))).dependencies);
    const unpacked = join(work, 'node_modules', name);
    const hash = hashOf(join(unpacked, library));
    if (hash !== expectedHash) {
      throw new Failure(WRONG_HASH, `${library} from npm package ${name} has SHA-256 ${hash}, but ${expectedHash} is pinned.`);
    }
    fs.mkdirSync(target, { recursive: true });
    for (const file of [licence, library]) fs.renameSync(join(unpacked, file), join(target, file));
    return `Fetched ${library} with npm package ${name}.`;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function npmCi(directory) {
  return new Promise((resolve, reject) => {
    const npm = spawn('npm', ['ci', '--ignore-scripts'], { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    npm.stderr.on('data', data => { log += data; });
    npm.on('error', e => reject(e.code === 'ENOENT' ? new Failure(NPM_MISSING, 'npm was not found.') : e));
    npm.on('close', (code, signal) => {
      if (code === 0) return resolve();
      const reasons = [...log.matchAll(/^npm (?:error|ERR!) (.+)$/gm)].slice(0, 3).map(match => match[1]);
      reject(new Failure(NPM_FAILED, `npm could not fetch Wasmtime (${reasons.join(', ') || signal || `exit code ${code}`}).`));
    });
  });
}

try {
  fs.mkdirSync(engine, { recursive: true });
  const message = await locked(fetchLibrary);
  if (message) console.log(message);
} catch (e) {
  console.log(e.message);
  process.exitCode = e.exitCode ?? OTHER;
}
