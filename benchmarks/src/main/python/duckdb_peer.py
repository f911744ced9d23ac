"""DuckDB beside ./dev bench query: the same rows, one thread, timed in this process.

python duckdb_peer.py DATA ROWS      DATA is the folder of the data set wordnet-minilm

Reads one statement a line and answers with microseconds, a tab, and a number that tells whether the answer was right: the
value itself where the answer is one number, else the sum of its last column.
"""

import gzip
import json
import sys
import tempfile
import time

import duckdb
import pyarrow as pa

folder, n = sys.argv[1], int(sys.argv[2])
with gzip.open(f"{folder}/base.jsonl.gz", "rt", encoding="utf-8") as lines:
    rows = [json.loads(line) for line, _ in zip(lines, range(n))]
folder_of_db = tempfile.TemporaryDirectory()
db = duckdb.connect(f"{folder_of_db.name}/t.duckdb", config={"threads": 1})
tables = {
    "synsets": {"id": range(n), "pos": [r["pos"] for r in rows], "lexfile": [r["lexfile"] for r in rows]},
}
for name, step in ("lefts", 7919), ("rights", 104729):
    numbers = [i * step % n for i in range(n)]
    tables[name] = {"id": range(n), "number": numbers, "far": [number * 1_000_003 for number in numbers]}
for name, columns in tables.items():
    db.register("source", pa.table(columns))
    db.execute(f"create table {name} as select * from source")
    db.unregister("source")
db.execute("checkpoint")
print(f"duckdb {duckdb.__version__}, one thread", flush=True)
for statement in sys.stdin:
    start = time.perf_counter()
    found = db.execute(statement).fetchall()
    micros = (time.perf_counter() - start) * 1e6
    print(f"{micros:.1f}\t{sum(row[-1] for row in found)}", flush=True)
