import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backend, VectorStore, WasmDatabase } from '../../../target/npm/index.js';
import { testDatabase } from './database.mjs';
import { files, replay, stepsOf } from './replay.mjs';

test('Node runs the WebAssembly build', () => assert.equal(backend, 'wasm'));

test('the JVM wrote its answers', () => assert.ok(files.length >= 25, files.join(' ')));

for (const file of files) {
  const steps = await stepsOf(file);
  test(`WebAssembly answers as the JVM does: ${file}`, () => replay(VectorStore, steps));
}

testDatabase(WasmDatabase, 'WebAssembly');
