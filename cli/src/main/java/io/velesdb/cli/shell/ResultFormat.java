package io.velesdb.cli.shell;

import io.velesdb.QueryResult;
import io.velesdb.QueryRow;
import io.velesdb.cli.console.Display;
import io.velesdb.cli.console.Table;
import io.velesdb.cli.console.Terminal;
import io.velesdb.cli.transfer.CsvCell;
import io.velesdb.value.Arr;
import io.velesdb.value.Json;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The forms of a result. */
public enum ResultFormat {
    /** Columns for people; a plan as the tree that it is. */
    TABLE {
        @Override
        public void print(QueryResult result, PrintWriter out, Terminal terminal) {
            List<String> columns = result.columns();
            if (isPlan(result)) {
                plan(result.rows().getFirst().values(), out, terminal);
            } else if (terminal.columns() > 0 && columns.size() * NARROW_COLUMN > terminal.columns()) {
                records(result, out, terminal);
            } else if (!columns.isEmpty()) {
                Table table = new Table(columns.stream().map(Display::plain).toList());
                for (QueryRow row : result.rows()) {
                    table.add(columns.stream()
                            .map(name -> cell(row.values().get(name)))
                            .toList());
                }
                table.print(out, terminal);
            }
        }
    },
    /** One array of row objects. */
    JSON {
        @Override
        public void print(QueryResult result, PrintWriter out, Terminal terminal) {
            out.println(Json.write(
                    Arr.of(result.rows().stream().map(QueryRow::values).toList())));
        }
    },
    /** A line of column names and a line for each row; nothing where there is no row. */
    CSV {
        @Override
        public void print(QueryResult result, PrintWriter out, Terminal terminal) {
            List<String> columns = result.columns();
            if (columns.isEmpty()) {
                return;
            }
            StringBuilder line = new StringBuilder();
            for (String name : columns) {
                CsvCell.text(name, line.append(line.isEmpty() ? "" : ","));
            }
            out.println(line);
            for (QueryRow row : result.rows()) {
                line.setLength(0);
                String separator = "";
                for (String name : columns) {
                    CsvCell.value(row.values().get(name), line.append(separator));
                    separator = ",";
                }
                out.println(line);
            }
        }
    };

    /** A column that is cut to less than this, with the gap beside it, cannot be read. */
    private static final int NARROW_COLUMN = 10;

    /** Writes all rows. */
    public abstract void print(QueryResult result, PrintWriter out, Terminal terminal);

    /** The name that {@code .format} and {@code --format} take. */
    public String canonicalName() {
        return name().toLowerCase(Locale.ROOT);
    }

    // ---- tables

    private static String cell(@Nullable Value value) {
        return switch (value) {
            case null -> "";
            case Value.Null n -> "";
            case Value.Str string -> string.text();
            default -> Json.write(value);
        };
    }

    /** More columns than fit side by side: each row as a block of its own. */
    private static void records(QueryResult result, PrintWriter out, Terminal terminal) {
        List<String> columns = result.columns();
        int width = columns.stream()
                .mapToInt(name -> Display.width(Display.plain(name)))
                .max()
                .orElse(0);
        for (int i = 0; i < result.rows().size(); i++) {
            if (i > 0) {
                out.println();
            }
            Obj row = result.rows().get(i).values();
            for (String name : columns) {
                String text = Display.plain(cell(row.get(name)));
                int room = Math.max(20, terminal.columns() - width - 2);
                out.println(terminal.faint(Display.left(Display.plain(name), width)) + "  " + Display.cut(text, room));
            }
        }
    }

    // ---- plans

    private static boolean isPlan(QueryResult result) {
        return result.rows().size() == 1
                && result.rows().getFirst().values().get("plan") instanceof Obj
                && result.rows().getFirst().values().get("tree") instanceof Value.Str;
    }

    /** The tree, and whether its plan is kept; of EXPLAIN ANALYZE what was measured below it. */
    private static void plan(Obj row, PrintWriter out, Terminal terminal) {
        String.valueOf(row.text("tree")).lines().forEach(line -> out.println(Display.plain(line)));
        if (Value.TRUE.equals(row.get("cache_hit"))) {
            out.println("plan cached, reused: " + cell(row.get("plan_reuse_count")));
        }
        if (row.get("node_stats") instanceof Arr nodes && nodes.size() > 0) {
            out.println();
            Table table = new Table(List.of("operator", "rows in", "rows out", "ms", "loops"));
            for (Value node : nodes) {
                if (node instanceof Obj measured) {
                    table.add(List.of(
                            cell(measured.get("node_label")),
                            cell(measured.get("actual_rows_in")),
                            cell(measured.get("actual_rows_out")),
                            millis(measured.get("actual_time_ms")),
                            cell(measured.get("loops"))));
                }
            }
            table.print(out, terminal);
        }
        if (row.get("actual_stats") instanceof Obj measured) {
            out.println();
            List<String> facts = new ArrayList<>();
            facts.add(cell(measured.get("actual_rows")) + " rows in " + millis(measured.get("actual_time_ms")) + " ms");
            facts.add(cell(measured.get("nodes_visited")) + " nodes visited");
            facts.add(cell(measured.get("edges_traversed")) + " edges traversed");
            out.println("measured: " + String.join(", ", facts));
        }
    }

    private static String millis(@Nullable Value value) {
        return value instanceof Value.Num number
                ? String.format(Locale.ROOT, "%.3f", number.doubleValue())
                : cell(value);
    }
}
