package io.velesdb.query.plan;

import java.util.ArrayList;
import java.util.List;

/** Names that somebody may have meant. */
final class Suggestion {
    private Suggestion() {}

    /** {@code , did you mean 'x'?} for a source whose name is close to {@code wrong}; else nothing. */
    static String of(String wrong, Scope scope) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < scope.size(); i++) {
            String name = scope.source(i).name();
            if (name != null) {
                names.add(name);
            }
        }
        return of(wrong, names);
    }

    /** The same over any names. */
    static String of(String wrong, List<String> names) {
        for (String name : names) {
            if (!wrong.equals(name) && isClose(wrong, name)) {
                return ", did you mean '" + name + "'?";
            }
        }
        return "";
    }

    /** Whether one insertion, deletion, substitution or swap of neighbours makes the names equal, case aside. */
    private static boolean isClose(String a, String b) {
        int start = 0;
        int endA = a.length();
        int endB = b.length();
        while (start < endA && start < endB && same(a, start, b, start)) {
            start++;
        }
        while (endA > start && endB > start && same(a, endA - 1, b, endB - 1)) {
            endA--;
            endB--;
        }
        int restA = endA - start;
        int restB = endB - start;
        if (restA <= 1 && restB <= 1) {
            return true;
        }
        return restA == 2 && restB == 2 && same(a, start, b, start + 1) && same(a, start + 1, b, start);
    }

    private static boolean same(String a, int i, String b, int j) {
        return Character.toLowerCase(a.charAt(i)) == Character.toLowerCase(b.charAt(j));
    }
}
