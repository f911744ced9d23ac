package io.velesdb.index.text;

import io.velesdb.ErrorCode;
import io.velesdb.TextQuery;
import io.velesdb.VelesException;
import io.velesdb.filter.FieldPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns a query into the posting lists that answer it, with the statistics of the fields that it asks about. A query about fields
 * that are analysed in several ways has a {@link QueryPart} for each of them; what the parts have at one place of the query
 * counts as one token.
 */
final class QueryReader {
    /** What a look-up of a frequency costs, in postings read one after the other. */
    private static final int LOOK_UP = 16;

    private final TextIndex.View view;
    private final long @Nullable [] live;
    private final int[] leftOut;

    /** The fields that count as one, or null for all. */
    private final int @Nullable [] fields;

    private final List<QueryPart> parts;
    private final DocumentLengths lengths;
    private final Bm25 bm25;

    /** By slot while lists are put together, zero otherwise; made on first use. */
    private int[] counts = {};

    QueryReader(TextIndex.View view, List<FieldPath> within, long @Nullable [] live, int[] leftOut) {
        this.view = view;
        this.live = live;
        this.leftOut = leftOut;
        Map<Integer, Integer> asked = fields(within);
        int[] several = asked == null || asked.size() == view.fieldCount() ? null : numbers(asked.keySet());
        fields = several;
        parts = parts(asked);
        if (several == null) {
            lengths = new DocumentLengths(view.field(-1).lengths);
            bm25 = statistics(view.field(-1));
        } else if (several.length == 1) {
            lengths = new DocumentLengths(view.field(several[0]).lengths);
            bm25 = statistics(view.field(several[0]));
        } else {
            int[] sums = new int[view.slots()];
            for (int field : several) {
                view.field(field).lengths.addTo(sums);
            }
            int rows = 0;
            long total = 0;
            for (int slot = 0; slot < sums.length; slot++) {
                if (sums[slot] > 0 && isLive(slot)) {
                    rows++;
                    total += sums[slot];
                }
            }
            lengths = new DocumentLengths(sums);
            bm25 = new Bm25(rows, total);
        }
    }

    private boolean isLive(int slot) {
        return live == null || (live[slot >>> 6] >>> slot & 1) != 0;
    }

    private Bm25 statistics(Field field) {
        if (leftOut.length == 0) {
            return field.bm25();
        }
        int rows = field.rows;
        long tokens = field.tokens;
        for (int slot : leftOut) {
            int length = field.lengths.get(slot);
            if (length > 0) {
                rows--;
                tokens -= length;
            }
        }
        return new Bm25(rows, tokens);
    }

    /** The fields asked about, by number, with their analyses; null when all are, and analysed alike. */
    private @Nullable Map<Integer, Integer> fields(List<FieldPath> within) {
        if (within.isEmpty() && view.isUniform()) {
            return null;
        }
        Map<Integer, Integer> found = new TreeMap<>();
        if (within.isEmpty()) {
            view.names().collect(List.of(), view.fieldCount(), found);
        }
        for (FieldPath field : within) {
            if (!field.isId()) {
                view.names().collect(field.members(), view.fieldCount(), found);
            }
        }
        return found;
    }

    private List<QueryPart> parts(@Nullable Map<Integer, Integer> asked) {
        TreeSet<Integer> analyses = asked == null ? new TreeSet<>() : new TreeSet<>(asked.values());
        if (asked == null || analyses.size() <= 1) {
            return List.of(new QueryPart(view.analyzer(analyses.isEmpty() ? 0 : analyses.first()), fields));
        }
        List<QueryPart> made = new ArrayList<>();
        for (int analysis : analyses) {
            List<Integer> alike = new ArrayList<>();
            asked.forEach((field, other) -> {
                if (other == analysis) {
                    alike.add(field);
                }
            });
            made.add(new QueryPart(view.analyzer(analysis), numbers(alike)));
        }
        return made;
    }

    private static int[] numbers(Collection<Integer> of) {
        return of.stream().mapToInt(number -> number).toArray();
    }

    TextSearch read(TextQuery query) {
        for (QueryPart part : parts) {
            part.read(query);
        }
        return query instanceof TextQuery.Phrase ? phrase() : words();
    }

    private List<Long> places() {
        TreeSet<Long> places = new TreeSet<>();
        for (QueryPart part : parts) {
            places.addAll(part.places());
        }
        return new ArrayList<>(places);
    }

    private TextSearch words() {
        List<QueryTerm> terms = new ArrayList<>();
        Map<List<Integer>, Integer> known = new HashMap<>();
        List<Integer> order = new ArrayList<>();
        for (long place : places()) {
            List<Integer> numbers = place == QueryPart.PREFIX ? List.of() : numbers(place);
            Integer before = known.get(numbers);
            if (before != null) {
                order.add(before);
                continue;
            }
            QueryTerm term = place == QueryPart.PREFIX ? prefix() : term(numbers);
            if (term != null) {
                known.put(numbers, terms.size());
                order.add(terms.size());
                terms.add(term);
            }
        }
        return search(terms, numbers(order));
    }

    private TextSearch search(List<QueryTerm> terms, int[] order) {
        return new TextSearch(terms.toArray(QueryTerm[]::new), order, lengths, bm25, view.slots());
    }

    /** By part, the number of its token at a place; -1 where it has none, or one that no row has. */
    private List<Integer> numbers(long place) {
        List<Integer> numbers = new ArrayList<>(parts.size());
        for (QueryPart part : parts) {
            byte[] token = part.token(place);
            numbers.add(token == null ? -1 : view.vocabulary().find(token, token.length));
        }
        return numbers;
    }

    /** The lists of the parts' tokens. */
    private @Nullable QueryTerm term(List<Integer> numbers) {
        List<Postings> lists = new ArrayList<>();
        int first = numbers.get(0);
        if (fields == null && first >= 0 && numbers.stream().allMatch(number -> number == first)) {
            lists.add(view.term(first).all);
        } else {
            for (int i = 0; i < parts.size(); i++) {
                if (numbers.get(i) >= 0) {
                    addLists(view.term(numbers.get(i)), parts.get(i), lists);
                }
            }
        }
        if (lists.isEmpty()) {
            return null;
        }
        if (lists.size() > 1) {
            return merged(lists);
        }
        Postings list = lists.get(0);
        PackedList packed = new PackedList(list, lengths, bm25);
        int rows = leftOut.length == 0 ? list.live : live(packed, list.live);
        return rows == 0 ? null : new QueryTerm(packed, bm25.idf(rows));
    }

    /** How many of the rows of a list that were not removed are not left out. */
    private int live(PackedList list, int notRemoved) {
        QueryTerm reader = new QueryTerm(list, 0);
        int rows = notRemoved;
        if ((long) leftOut.length * LOOK_UP < list.count()) {
            for (int slot : leftOut) {
                rows -= reader.frequency(slot) > 0 ? 1 : 0;
            }
            return rows;
        }
        rows = 0;
        for (int block = 0; block < list.blocks(); block++) {
            reader.decode(block);
            for (int i = 0; i < reader.decodedCount; i++) {
                rows += isLive(reader.slots[i]) ? 1 : 0;
            }
        }
        return rows;
    }

    /** The lists of a term in the fields of a part. */
    private static void addLists(Term term, QueryPart part, List<Postings> into) {
        int[] some = part.fields();
        if (some == null) {
            into.add(term.all);
        } else if (term.sole >= 0) {
            if (Arrays.binarySearch(some, term.sole) >= 0) {
                into.add(term.all);
            }
        } else {
            for (int field : some) {
                Postings list = term.in(field);
                if (list != null) {
                    into.add(list);
                }
            }
        }
    }

    private @Nullable QueryTerm prefix() {
        List<Postings> lists = new ArrayList<>();
        for (QueryPart part : parts) {
            byte[] prefix = part.token(QueryPart.PREFIX);
            for (int number = 0; prefix != null && number < view.vocabulary().size(); number++) {
                if (view.vocabulary().startsWith(number, prefix, prefix.length)) {
                    addLists(view.term(number), part, lists);
                }
            }
        }
        return lists.isEmpty() ? null : merged(lists);
    }

    /** One token that all of these are. */
    private @Nullable QueryTerm merged(List<Postings> lists) {
        if (counts.length == 0) {
            counts = new int[view.slots()];
        }
        long[] touched = new long[view.slots() + 63 >>> 6];
        for (Postings list : lists) {
            for (PostingReader reader = new PostingReader(list); reader.next(); ) {
                counts[reader.slot()] += reader.frequency();
                touched[reader.slot() >>> 6] |= 1L << reader.slot();
            }
        }
        int count = 0;
        for (int w = 0; w < touched.length; w++) {
            if (live != null) {
                // dead rows count nowhere and are no answers
                for (long dead = touched[w] & ~live[w]; dead != 0; dead &= dead - 1) {
                    counts[(w << 6) + Long.numberOfTrailingZeros(dead)] = 0;
                }
                touched[w] &= live[w];
            }
            count += Long.bitCount(touched[w]);
        }
        int[] slots = new int[count];
        int[] frequencies = new int[count];
        int size = 0;
        for (int w = 0; w < touched.length; w++) {
            for (long rest = touched[w]; rest != 0; rest &= rest - 1) {
                int slot = (w << 6) + Long.numberOfTrailingZeros(rest);
                slots[size] = slot;
                frequencies[size++] = counts[slot];
                counts[slot] = 0;
            }
        }
        return size == 0
                ? null
                : new QueryTerm(new MergedList(slots, frequencies, size, lengths, bm25), bm25.idf(size));
    }

    /** A phrase is found within one string, so each part looks for its own; what it counts is the same for all. */
    private TextSearch phrase() {
        List<QueryPart> possible = new ArrayList<>();
        for (QueryPart part : parts) {
            long span = part.span();
            if (span > DocumentTokens.GAP) {
                throw new VelesException(
                        ErrorCode.QUERY,
                        "the phrase has " + span + " words, at most " + DocumentTokens.GAP
                                + " are allowed: search for a part of it");
            }
            if (span > 0) {
                possible.add(part);
            }
        }
        double idf = 0;
        for (long place : places()) {
            List<Integer> numbers = numbers(place);
            QueryTerm term = term(numbers);
            idf += term == null ? 0 : term.idf;
            for (int i = 0; i < numbers.size(); i++) {
                if (parts.get(i).token(place) != null && (term == null || numbers.get(i) < 0)) {
                    possible.remove(parts.get(i));
                }
            }
        }
        PhraseMatches matches = new PhraseMatches();
        possible.forEach(part -> addMatches(part, matches));
        if (matches.size() == 0) {
            return search(List.of(), new int[0]);
        }
        return search(List.of(new QueryTerm(matches.list(lengths, bm25), idf)), new int[] {0});
    }

    private void addMatches(QueryPart part, PhraseMatches into) {
        long[] offsets = part.offsets();
        Term[] terms = part.places().stream()
                .map(place -> Objects.requireNonNull(part.token(place)))
                .map(token -> view.term(view.vocabulary().find(token, token.length)))
                .toArray(Term[]::new);
        int[] some = part.fields();
        if (some == null) {
            into.add(Arrays.stream(terms).map(term -> term.all).toArray(Postings[]::new), offsets);
            return;
        }
        for (int field : some) {
            Postings[] lists = new Postings[terms.length];
            int found = 0;
            for (Term term : terms) {
                Postings list = term.in(field);
                if (list != null) {
                    lists[found++] = list;
                }
            }
            if (found == lists.length) {
                into.add(lists, offsets);
            }
        }
    }
}
