package io.velesdb.cli.console;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under headings, two blanks between columns. Numbers stand on the right. On a terminal the widest columns are cut
 * until a row fits; elsewhere nothing is cut.
 */
public final class Table {
    private static final int GAP = 2;
    private static final int NARROWEST = 8;

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] numeric;

    public Table(List<String> headings) {
        this.headings = List.copyOf(headings);
        this.numeric = new boolean[headings.size()];
        Arrays.fill(numeric, true);
    }

    /** @param cells one for each heading; empty for nothing */
    public void add(List<String> cells) {
        List<String> plain = cells.stream().map(Display::plain).toList();
        for (int i = 0; i < numeric.length; i++) {
            String cell = plain.get(i);
            numeric[i] &= cell.isEmpty() || cell.matches("-?[0-9][0-9.,]*(E-?[0-9]+)?( [a-zA-Z%]{1,4})?");
        }
        rows.add(plain);
    }

    public void print(PrintWriter out, Terminal terminal) {
        int[] widths = widths(terminal.columns());
        out.println(terminal.bold(line(headings, widths)));
        for (List<String> row : rows) {
            out.println(line(row, widths));
        }
    }

    private int[] widths(int columns) {
        int[] widths = new int[headings.size()];
        int total = -GAP;
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Display.width(headings.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], Display.width(row.get(i)));
            }
            total += widths[i] + GAP;
        }
        while (columns > 0 && total > columns) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                if (widths[i] > widths[widest]) {
                    widest = i;
                }
            }
            if (widths[widest] <= NARROWEST) {
                break;
            }
            widths[widest]--;
            total--;
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = Display.cut(cells.get(i), widths[i]);
            boolean last = i == widths.length - 1;
            line.append(numeric[i] ? Display.right(cell, widths[i]) : last ? cell : Display.left(cell, widths[i]));
            if (!last) {
                line.append(" ".repeat(GAP));
            }
        }
        return line.toString().stripTrailing();
    }
}
