// What WasmDatabase itself does: values in, values out, errors. What statements mean is tested by statements.mjs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { files, runAll } from './statements.mjs';

function stored(Database, value) {
  const database = new Database();
  database.query('CREATE METADATA COLLECTION c');
  database.query('INSERT INTO c (id, v) VALUES (1, $v)', { v: value });
  return database.query('SELECT v FROM c')[0].v;
}

function thrown(call) {
  try {
    call();
  } catch (error) {
    return error;
  }
  return assert.fail('nothing was thrown');
}

/** Registers the tests of one build. */
export function testDatabase(Database, build) {
  for (const file of files) {
    test(`${build} answers every statement case of ${file[0]}`, async () =>
      assert.ok((await runAll(Database, file)) >= 336));
  }

  test(`${build}: values come back as they went in`, () => {
    const values = [
      null, true, false, 0, -7, 1.5, 1e300, '', 'Čap 𝔸', [], {}, [[1], { a: null }],
      2 ** 53 - 1, 2n ** 53n, -(2n ** 63n), 2n ** 64n - 1n,
      JSON.parse('{"__proto__": 1, "constructor": {"length": 2}}'),
    ];
    for (const value of values) {
      assert.deepEqual(stored(Database, value), value);
    }
    assert.equal(stored(Database, 12n), 12, 'what a number holds exactly comes as a number');
    assert.deepEqual(stored(Database, new Float32Array([1, 0.5])), [1, 0.5]);
    assert.deepEqual(stored(Database, new BigUint64Array([2n ** 64n - 1n])), [2n ** 64n - 1n]);
    assert.deepEqual(stored(Database, { a: 1, b: undefined }), { a: 1 });
  });

  test(`${build}: parameters are an object, its text, or nothing`, () => {
    const database = new Database();
    database.query('CREATE COLLECTION c (dimension = 2)');
    database.query('INSERT INTO c (id, vector) VALUES (18446744073709551615, $v)', { v: new Float32Array([1, 0]) });
    const ask = (parameters) => database.query('SELECT id FROM c WHERE vector NEAR $v', parameters);
    const row = [{ id: 2n ** 64n - 1n }];
    assert.deepEqual(ask({ v: [1, 0] }), row);
    assert.deepEqual(ask('{"v": [1, 0]}'), row);
    assert.deepEqual(database.query('SELECT id FROM c'), row);
    assert.deepEqual(database.query('SELECT id FROM c', null), row);
    for (const wrong of [[1], 7, '[1]', true]) {
      assert.equal(thrown(() => ask(wrong)).code, 'VELES-010');
    }
    assert.equal(thrown(() => ask('{"v": [1,')).code, 'VELES-012');
    assert.equal(thrown(() => ask({})).code, 'VELES-010');
  });

  test(`${build}: what is no value is refused`, () => {
    const circle = {};
    circle.again = circle;
    for (const wrong of [NaN, Infinity, 2n ** 64n, () => 1, Symbol('s'), new Date(0), new Map(), [undefined], circle, '\uD835']) {
      const error = thrown(() => stored(Database, wrong));
      assert.match(error.message, /^\[VELES-0(10|12|17|23)\] /, String(error));
      assert.equal(error.message.slice(1, 10), error.code);
    }
  });

  test(`${build}: what was written is counted`, () => {
    const database = new Database();
    database.query('CREATE METADATA COLLECTION c');
    const written = database.execute('INSERT INTO c (id, v) VALUES (1, 5), (2, 6)');
    assert.deepEqual(written, { rows: [{ id: 1, v: 5 }, { id: 2, v: 6 }], affected: 2 });
    assert.deepEqual(database.execute('DELETE FROM c WHERE v > 5'), { rows: [], affected: 1 });
    assert.deepEqual(database.execute('SELECT * FROM c'), { rows: [{ id: 1, v: 5 }], affected: 0 });
  });

  test(`${build}: an error says what, where and how to go on`, () => {
    const database = new Database();
    const refusal = thrown(() => database.query("SELECT 'é' FORM c".replace("'é'", '"é"')));
    assert.ok(refusal instanceof Error);
    const { code, queryCode, type, line, column, position, fragment, hint } = refusal;
    assert.deepEqual(
      { code, queryCode, type, line, column, position, fragment, hint },
      { code: 'VELES-010', queryCode: 'E001', type: 'UnexpectedToken', line: 1, column: 12, position: 12, fragment: 'FORM',
        hint: 'did you mean FROM?' });
    assert.match(refusal.message, /^\[VELES-010\] \[E001\] 1:12 /);
    assert.equal(thrown(() => Database.check('SELECT z.* FROM c')).queryCode, 'V007');
    assert.equal(Database.check('SELECT * FROM nobody'), undefined);
    const unknown = thrown(() => database.query('SELECT * FROM nobody'));
    assert.equal(unknown.code, 'VELES-002');
    assert.equal('queryCode' in unknown, false);
    assert.deepEqual(database.query('SHOW COLLECTIONS'), [], 'it goes on after an error');
  });

  test(`${build}: a statement happens now, and rows expire`, () => {
    const database = new Database();
    database.query('CREATE METADATA COLLECTION c');
    const before = Math.floor(Date.now() / 1000);
    database.query('INSERT INTO c (id, at, _veles_expires_at) VALUES (1, NOW(), $past), (2, NOW(), $future)', {
      past: before - 5,
      future: before + 1000,
    });
    const rows = database.query('SELECT id, at FROM c');
    assert.deepEqual(rows.map((row) => row.id), [2]);
    assert.ok(rows[0].at >= before && rows[0].at <= Date.now() / 1000);
  });
}
