// Entry for browsers and Node: the WebAssembly build where the host runs it, else the JavaScript build of the same Java.

const node = typeof process === 'object' ? process.versions?.node : undefined;

async function bytesOf(name) {
  const url = new URL(name, import.meta.url);
  if (node) {
    return (await import('node:fs/promises')).readFile(url);
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url}: HTTP ${response.status}`);
  }
  return response.arrayBuffer();
}

// V8 12 (Node 22) accepts the module, then optimises one of its loops for ever: the process never ends.
function optimises() {
  return !node || Number(process.versions.v8.split('.')[0]) >= 13;
}

async function loadWebAssembly() {
  if (!optimises()) {
    return null;
  }
  const [bytes, { load }] = await Promise.all([bytesOf('./velesdb.wasm'), import('./runtime.js')]);
  return WebAssembly.validate(bytes) ? (await load(bytes)).exports : null;
}

const webAssembly = await loadWebAssembly();

/** Which build runs: 'wasm' or 'js'. */
export const backend = webAssembly ? 'wasm' : 'js';

export const { VectorStore, WasmDatabase } = webAssembly ?? (await import('./velesdb.fallback.js'));
