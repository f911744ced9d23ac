"""Our text, graph and column answers beside those of the peers: BENCH=DIR python benchmarks/peers/more.py text|graph|columns
[--peers NAMES] [--n N] [--rounds R] [--json OUT]

DIR is the shared bench folder, whose run_more.py has the peers, the questions and the clock; its Python environment runs this.
NAMES are peers of it, comma-separated; "ours" is always among them. Our times are taken inside our process, as those of Lucene
are; the others are called from Python.

Beside the questions of run_more.py, columns has a join of as many rows with as many, one match each, which are counted.

Words of one letter are left out of queries and of the reference that agreement is measured by, as VelesDB's rule for tokens
leaves them out: the agreement of peers that count them in the length of a document says less here than in run_more.py.
"""
import json
import os
import subprocess
import sys
from pathlib import Path

BENCH = Path(os.environ.get("BENCH") or sys.exit("set BENCH to the folder that has run_more.py"))
sys.path.insert(0, str(BENCH))
import run_more  # noqa: E402

DEV = Path(__file__).resolve().parents[2] / "dev"
STANDARD = {"text": "lucene,tantivy", "graph": "arrays,sqlite", "columns": "numpy codes,duckdb,sqlite"}
PATTERN = "query MATCH (a:S@g)-[:hyponym]->(b@g)-[:has_part]->(c@g) WHERE a.lexfile = '{}' RETURN a.lexfile, c.lexfile LIMIT 100000"
all_words = run_more.words
run_more.words = lambda text: [word for word in all_words(text) if len(word) > 1]


class Ours:
    """A process that answers a line with the microseconds it took, a tab, and the answer."""

    def __init__(self, kind, rows, folder):
        log = open(Path(folder) / "ours.log", "w")
        self.process = subprocess.Popen(
            [str(DEV), "bench-peer", kind, "--dir", str(folder), "--rows", str(rows)],
            text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        self.seconds = [float(s) for s in self.process.stdout.readline().split("\t")]

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        micros, answer = self.process.stdout.readline().rstrip("\n").split("\t")
        return answer, float(micros)


def text(rows, work):
    ours = Ours("text", len(rows), work)

    def search(query):
        ids, micros = ours.ask(" ".join(run_more.words(query)))
        return [int(i) for i in ids.split(",") if i], micros
    return search, ours.seconds[0]


def graph(rows, links, work):
    ours = Ours("graph", len(rows), work)
    print("ours: rows and edges written in %.2f s, %.2f s by a JVM that has done it once" % tuple(ours.seconds), file=sys.stderr)

    def hop(start, depth):
        reached, micros = ours.ask(f"hop {start} {depth}")
        return Timed(int(reached), micros)

    def pattern(lexfile):
        found, micros = ours.ask(PATTERN.format(lexfile))
        return Timed(len(json.loads(found)), micros)
    return hop, pattern


class Timed(tuple):
    """An answer with its time that equals the bare answer of a peer."""

    def __new__(cls, answer, micros):
        return super().__new__(cls, (answer, micros))

    def __eq__(self, other):
        return self[0] == other

    __hash__ = None


def columns(rows, work):
    ours = Ours("graph", len(rows), work)
    for name, numbers in joined(len(rows)):
        ours.ask(f"query CREATE METADATA COLLECTION {name}")
        for start in range(0, len(numbers), 1000):
            values = ", ".join(f"({start + i}, {number})" for i, number in enumerate(numbers[start:start + 1000]))
            ours.ask(f"query INSERT INTO {name} (id, number) VALUES {values}")

    def ask(sql):
        found, micros = ours.ask("query " + sql.replace("from t", "from g"))
        return Answer([tuple(row.values()) for row in json.loads(found)], micros)
    return ask


JOIN = "select count(*) from l join r on l.number = r.number"


def joined(n):
    """The two tables of the join: each number below n once, in two orders."""
    return [(name, [i * step % n for i in range(n)]) for name, step in (("l", 7_919), ("r", 104_729))]


def with_join(load):
    """A peer of SQL that has the tables of the join as well."""
    def loaded(rows, work):
        ask = load(rows, work)
        for name, numbers in joined(len(rows)):
            ask(f"create table {name}(number bigint)")
            for start in range(0, len(numbers), 10_000):
                ask(f"insert into {name} values " + ",".join(f"({number})" for number in numbers[start:start + 10_000]))
        return ask
    return loaded


def numpy_with_join(rows, work):
    ask = run_more.columns_numpy(rows, work)
    left, right = (run_more.np.array(numbers) for _, numbers in joined(len(rows)))

    def answer(sql):
        return [(int(run_more.np.isin(left, right).sum()),)] if sql == JOIN else ask(sql)
    return answer


class Answer(list):
    """Rows, and as a second view the pair of rows and time that the clock of run_more.py looks for."""

    def __init__(self, rows, micros):
        super().__init__(rows)
        self.micros = micros


def timed_in_turn(tasks, rounds):
    def unwrapped(ask):
        def once(item):
            answer = ask(item)
            return (answer, answer.micros) if isinstance(answer, Answer) else answer
        return once
    return in_turn({key: (unwrapped(ask), items) for key, (ask, items) in tasks.items()}, rounds)


in_turn = run_more.in_turn
run_more.in_turn = timed_in_turn
what = sys.argv[1] if len(sys.argv) > 1 else ""
if what not in STANDARD:
    sys.exit(__doc__)
names = STANDARD[what]
if "--peers" in sys.argv:
    at = sys.argv.index("--peers")
    names = sys.argv[at + 1]
    del sys.argv[at:at + 2]
run_more.COLUMN_QUERIES["join"] = JOIN
run_more.COLUMNS["numpy codes"] = numpy_with_join
for sql in ("duckdb", "sqlite", "sqlite+index"):
    run_more.COLUMNS[sql] = with_join(run_more.COLUMNS[sql])
table = {"text": run_more.TEXT, "graph": run_more.GRAPH, "columns": run_more.COLUMNS}[what]
chosen = {name: table[name] for name in names.split(",") if name}
table.clear()
table.update({"ours": {"text": text, "graph": graph, "columns": columns}[what], **chosen})

args = run_more.argparse.ArgumentParser()
args.add_argument("what")
args.add_argument("--n", type=int, default=100_000)
args.add_argument("--rounds", type=int, default=5)
args.add_argument("--json")
a = args.parse_args()
results = {"text": run_more.run_text, "graph": run_more.run_graph, "columns": run_more.run_columns}[what](a.n, a.rounds)
if a.json:
    Path(a.json).write_text(json.dumps(results, indent=1))
for name, result in results.items():
    print(name, json.dumps(result))
os._exit(0)
