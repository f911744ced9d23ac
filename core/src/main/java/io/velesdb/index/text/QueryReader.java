package io.velesdb.index.text;

import io.velesdb.ErrorCode;
import io.velesdb.TextQuery;
import io.velesdb.VelesException;
import io.velesdb.filter.FieldPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Turns a query into the posting lists that answer it, with the statistics of the fields that it asks about. */
final class QueryReader {
    private final TextIndex.View view;
    private final long @Nullable [] live;

    /** The fields that count as one, or null for all. */
    private final int @Nullable [] fields;

    private final DocumentLengths lengths;
    private final Bm25 bm25;

    /** By slot while lists are put together, zero otherwise; made on first use. */
    private int[] counts = {};

    private final List<byte[]> tokens = new ArrayList<>();
    private final List<Long> positions = new ArrayList<>();

    QueryReader(TextIndex.View view, List<FieldPath> within, long @Nullable [] live) {
        this.view = view;
        this.live = live;
        fields = numbers(within);
        int[] several = fields;
        if (several == null) {
            lengths = new DocumentLengths(view.field(-1).lengths);
            bm25 = view.field(-1).bm25();
        } else if (several.length == 1) {
            lengths = new DocumentLengths(view.field(several[0]).lengths);
            bm25 = view.field(several[0]).bm25();
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

    private int @Nullable [] numbers(List<FieldPath> within) {
        if (within.isEmpty()) {
            return null;
        }
        TreeSet<Integer> found = new TreeSet<>();
        for (FieldPath field : within) {
            if (!field.isId()) {
                view.names().collect(field.members(), view.fieldCount(), found);
            }
        }
        if (found.size() == view.fieldCount()) {
            return null;
        }
        return found.stream().mapToInt(number -> number).toArray();
    }

    TextSearch read(TextQuery query) {
        Analyzer analyzer = view.analyzer();
        Analyzer.Sink sink = (bytes, length, position) -> {
            tokens.add(Arrays.copyOf(bytes, length));
            positions.add(position);
        };
        return switch (query) {
            case TextQuery.Words words -> {
                analyzer.analyze(words.text(), 0, sink);
                yield words(false);
            }
            case TextQuery.Prefix prefix -> words(analyzer.analyzePrefix(prefix.text(), sink));
            case TextQuery.Phrase phrase -> {
                analyzer.analyze(phrase.text(), 0, sink);
                yield phrase();
            }
        };
    }

    private TextSearch words(boolean lastIsPrefix) {
        List<QueryTerm> terms = new ArrayList<>();
        Map<Integer, Integer> places = new HashMap<>();
        int[] order = new int[tokens.size()];
        int size = 0;
        for (int i = 0; i < tokens.size(); i++) {
            byte[] token = tokens.get(i);
            QueryTerm term;
            if (lastIsPrefix && i == tokens.size() - 1) {
                term = prefix(token);
            } else {
                int number = view.vocabulary().find(token, token.length);
                Integer known = places.get(number);
                if (known != null) {
                    order[size++] = known;
                    continue;
                }
                term = number < 0 ? null : term(view.term(number));
                if (term != null) {
                    places.put(number, terms.size());
                }
            }
            if (term != null) {
                order[size++] = terms.size();
                terms.add(term);
            }
        }
        return search(terms, Arrays.copyOf(order, size));
    }

    private TextSearch search(List<QueryTerm> terms, int[] order) {
        return new TextSearch(terms.toArray(QueryTerm[]::new), order, lengths, bm25, view.slots());
    }

    /** The lists of a term in the fields asked about. */
    private List<Postings> lists(Term term) {
        int[] some = fields;
        if (some == null) {
            return List.of(term.all);
        }
        List<Postings> lists = new ArrayList<>();
        if (term.sole >= 0) {
            if (Arrays.binarySearch(some, term.sole) >= 0) {
                lists.add(term.all);
            }
            return lists;
        }
        for (int field : some) {
            Postings list = term.in(field);
            if (list != null) {
                lists.add(list);
            }
        }
        return lists;
    }

    private @Nullable QueryTerm term(Term term) {
        List<Postings> lists = lists(term);
        if (lists.isEmpty()) {
            return null;
        }
        if (lists.size() == 1) {
            Postings list = lists.get(0);
            return list.live == 0 ? null : new QueryTerm(new PackedList(list, lengths, bm25), bm25.idf(list.live));
        }
        return merged(lists);
    }

    private @Nullable QueryTerm prefix(byte[] prefix) {
        List<Postings> lists = new ArrayList<>();
        for (int number = 0; number < view.vocabulary().size(); number++) {
            if (view.vocabulary().startsWith(number, prefix, prefix.length)) {
                lists.addAll(lists(view.term(number)));
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

    private TextSearch phrase() {
        if (tokens.isEmpty()) {
            return search(List.of(), new int[0]);
        }
        long span = positions.get(positions.size() - 1) - positions.get(0) + 1;
        if (span > DocumentTokens.GAP) {
            throw new VelesException(
                    ErrorCode.QUERY,
                    "the phrase has " + span + " words, at most " + DocumentTokens.GAP
                            + " are allowed: search for a part of it");
        }
        long[] offsets = new long[tokens.size()];
        Term[] terms = new Term[offsets.length];
        double idf = 0;
        for (int i = 0; i < offsets.length; i++) {
            byte[] token = tokens.get(i);
            int number = view.vocabulary().find(token, token.length);
            if (number < 0) {
                return search(List.of(), new int[0]);
            }
            terms[i] = view.term(number);
            offsets[i] = positions.get(i) - positions.get(0);
            QueryTerm term = term(terms[i]);
            if (term == null) {
                return search(List.of(), new int[0]);
            }
            idf += term.idf;
        }
        PhraseMatches matches = new PhraseMatches(offsets);
        int[] some = fields;
        if (some == null || some.length == 1) {
            Postings[] lists = new Postings[terms.length];
            for (int i = 0; i < lists.length; i++) {
                lists[i] = lists(terms[i]).get(0);
            }
            matches.add(lists);
        } else {
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
                    matches.add(lists);
                }
            }
        }
        if (matches.size() == 0) {
            return search(List.of(), new int[0]);
        }
        return search(List.of(new QueryTerm(matches.list(lengths, bm25), idf)), new int[] {0});
    }
}
