package io.velesdb.index.text;

import io.velesdb.host.TextFolding;
import io.velesdb.value.Obj;
import java.util.Arrays;
import java.util.List;

/** The tokens of one payload, grouped by term and field. Reused from payload to payload by the one writer. */
final class DocumentTokens {
    /** Positions between strings: no phrase may span more, so that none crosses. */
    static final int GAP = 256;

    private final PayloadTexts texts;
    private final Analyzer[] analyzers;
    private int[] terms = new int[32];
    private int[] fields = new int[32];
    private long[] positions = new long[32];
    private int size;

    /** The term above, the place of the token below; ascending. */
    private long[] byTerm = new long[32];

    /** The positions of the tokens in the order of {@link #byTerm}. */
    private long[] sorted = new long[32];

    private int[] fieldNumbers = new int[8];
    private int[] fieldLengths = new int[8];
    private int fieldCount;

    DocumentTokens(FieldRules rules, TextFolding folding) {
        texts = new PayloadTexts(rules);
        analyzers = rules.analyses().stream()
                .map(analysis -> new Analyzer(analysis, folding))
                .toArray(Analyzer[]::new);
    }

    /** Finds or makes the number of a term; negative when there is none. */
    interface TermNumbers {
        int number(byte[] bytes, int length);
    }

    /** Finds or makes the number of a field; negative when there is none. */
    interface FieldNumbers {
        int number(List<String> path);
    }

    /** Takes in a payload. False when a term or field has no number: it was never indexed. */
    boolean read(Obj payload, FieldNumbers numbersOfFields, TermNumbers numbersOfTerms) {
        size = 0;
        Reading reading = new Reading(numbersOfFields, numbersOfTerms);
        texts.visit(payload, reading);
        for (int i = 0; i < size; i++) {
            byTerm[i] = (long) terms[i] << 32 | i;
        }
        Arrays.sort(byTerm, 0, size);
        for (int i = 0; i < size; i++) {
            sorted[i] = positions[(int) byTerm[i]];
        }
        countFields();
        return reading.complete;
    }

    private final class Reading implements PayloadTexts.Visitor, Analyzer.Sink {
        private final FieldNumbers numbersOfFields;
        private final TermNumbers numbersOfTerms;
        private List<String> path = List.of();
        private int field;
        private long next;
        private boolean complete = true;

        Reading(FieldNumbers numbersOfFields, TermNumbers numbersOfTerms) {
            this.numbersOfFields = numbersOfFields;
            this.numbersOfTerms = numbersOfTerms;
        }

        @Override
        public void text(List<String> at, int analysis, String text) {
            path = at;
            field = -1;
            long to = analyzers[analysis].analyze(text, next, this);
            if (to > next) {
                next = to + GAP;
            }
        }

        @Override
        public void token(byte[] bytes, int length, long position) {
            // only a field that has tokens gets a number
            if (field < 0) {
                field = numbersOfFields.number(path);
            }
            int term = numbersOfTerms.number(bytes, length);
            if (field < 0 || term < 0) {
                complete = false;
            } else {
                add(term, field, position);
            }
        }
    }

    private void add(int term, int field, long position) {
        if (size == terms.length) {
            terms = Arrays.copyOf(terms, 2 * size);
            fields = Arrays.copyOf(fields, 2 * size);
            positions = Arrays.copyOf(positions, 2 * size);
            byTerm = Arrays.copyOf(byTerm, 2 * size);
            sorted = Arrays.copyOf(sorted, 2 * size);
        }
        terms[size] = term;
        fields[size] = field;
        positions[size++] = position;
    }

    private void countFields() {
        int[] all = Arrays.copyOf(fields, size);
        Arrays.sort(all);
        fieldCount = 0;
        for (int from = 0, to; from < size; from = to) {
            to = from;
            while (to < size && all[to] == all[from]) {
                to++;
            }
            if (fieldCount == fieldNumbers.length) {
                fieldNumbers = Arrays.copyOf(fieldNumbers, 2 * fieldCount);
                fieldLengths = Arrays.copyOf(fieldLengths, 2 * fieldCount);
            }
            fieldNumbers[fieldCount] = all[from];
            fieldLengths[fieldCount++] = to - from;
        }
    }

    /** Tokens taken in. */
    int size() {
        return size;
    }

    /** The number of fields with tokens. */
    int fieldCount() {
        return fieldCount;
    }

    /** The i-th field with tokens, ascending by number. */
    int field(int i) {
        return fieldNumbers[i];
    }

    /** The number of tokens in the i-th field. */
    int fieldLength(int i) {
        return fieldLengths[i];
    }

    /** Told the occurrences of one term in all fields. */
    interface TermVisitor {
        /** @param sole the field when they are all in one, else -1 */
        void term(int term, int sole, int from, int to);
    }

    /** The terms in ascending order, each once, as ranges of {@link #positions}. */
    void forEachTerm(TermVisitor visitor) {
        for (int from = 0, to; from < size; from = to) {
            int term = (int) (byTerm[from] >>> 32);
            int sole = fields[(int) byTerm[from]];
            to = from;
            while (to < size && (int) (byTerm[to] >>> 32) == term) {
                if (fields[(int) byTerm[to]] != sole) {
                    sole = -1;
                }
                to++;
            }
            visitor.term(term, sole, from, to);
        }
    }

    /** Positions by term; those of one term ascend. */
    long[] positions() {
        return sorted;
    }

    /** Told the occurrences of one term in one field; {@code positions} [from, to) ascend. */
    interface FieldVisitor {
        void field(int field, long[] positions, int from, int to);
    }

    /** Takes a range that {@link #forEachTerm} told apart by fields, ascending. */
    void forEachField(int from, int to, FieldVisitor visitor) {
        long[] order = new long[to - from];
        for (int i = 0; i < order.length; i++) {
            order[i] = (long) fields[(int) byTerm[from + i]] << 32 | i;
        }
        Arrays.sort(order);
        long[] grouped = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            grouped[i] = sorted[from + (int) order[i]];
        }
        for (int start = 0, end; start < order.length; start = end) {
            int field = (int) (order[start] >>> 32);
            end = start;
            while (end < order.length && (int) (order[end] >>> 32) == field) {
                end++;
            }
            visitor.field(field, grouped, start, end);
        }
    }
}
