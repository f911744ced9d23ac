// Takes the steps that the JVM took (GoldenAnswersTest.java) in the WebAssembly build and in the JavaScript build, and
// compares every answer: ids, score bits, payload text, error messages.

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { backend, VectorStore } from '../../../target/npm/index.js';
import { vector } from './vectors.mjs';

const golden = new URL('../../../target/golden/', import.meta.url);
const files = (await readdir(golden)).sort();

const word = new DataView(new ArrayBuffer(4));
function bits(score) {
  word.setFloat32(0, score);
  assert.equal(word.getFloat32(0), score, 'a score is a float');
  return word.getInt32(0);
}

function replay(Store, steps) {
  let store;
  let dimension;
  for (const step of steps) {
    switch (step.op) {
      case 'create':
        dimension = step.dimension;
        store = new Store(dimension, step.metric);
        break;
      case 'upsert':
        store.upsert(BigInt(step.id), vector(step.seed, dimension), step.payload);
        break;
      case 'remove':
        assert.equal(store.remove(BigInt(step.id)), step.found === 1);
        break;
      case 'size':
        assert.equal(store.size, step.size);
        break;
      case 'search': {
        const ask = () => store.search(vector(step.seed, dimension), step.k, step.filter);
        if (step.error) {
          assert.throws(ask, { message: step.error });
        } else {
          const hits = ask().map((hit) => ({ id: String(hit.id), bits: bits(hit.score), payload: hit.payload }));
          assert.deepEqual(hits, step.hits, `query ${step.seed}`);
        }
        break;
      }
      default:
        assert.fail(`unknown step ${step.op}`);
    }
  }
}

test('Node runs the WebAssembly build', () => assert.equal(backend, 'wasm'));

test('the JVM wrote its answers', () => assert.ok(files.length >= 17, files.join(' ')));

for (const file of files) {
  const steps = (await readFile(new URL(file, golden), 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line));
  test(`WebAssembly answers as the JVM does: ${file}`, () => replay(VectorStore, steps));
}
