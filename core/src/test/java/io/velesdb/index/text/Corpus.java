package io.velesdb.index.text;

import io.velesdb.TextOptions;
import io.velesdb.TextQuery;
import io.velesdb.filter.FieldPath;
import io.velesdb.index.ScoredSlots;
import io.velesdb.value.Arr;
import io.velesdb.value.CaseFolding;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Rows beside an index of them, and the definition of every answer, computed from the rows. */
final class Corpus {
    /** One string of a row, as tokens. */
    private record Text(List<String> path, List<String> tokens) {}

    /** What a query found: slots in order and their scores. */
    record Answer(int[] slots, float[] scores) {}

    final List<@Nullable Obj> payloads = new ArrayList<>();
    final List<Long> ids = new ArrayList<>();
    private final List<List<Text>> texts = new ArrayList<>();
    private final Set<Integer> dead = new HashSet<>();
    private final TextOptions options;
    TextIndex index;

    Corpus() {
        this(TextOptions.DEFAULTS);
    }

    /** @param options that make the same tokens of the texts as no options do */
    Corpus(TextOptions options) {
        this.options = options;
        index = new TextIndex(options, Character::toString);
    }

    void append(long id, @Nullable Obj payload) {
        index.append(payloads.size(), payload);
        payloads.add(payload);
        ids.add(id);
        List<Text> found = new ArrayList<>();
        if (payload != null) {
            collect(payload, List.of(), false, found);
        }
        texts.add(found);
    }

    void remove(int slot) {
        if (dead.add(slot)) {
            index.remove(slot, payloads.get(slot));
        }
    }

    /** Takes a row away, but not from the index. */
    void leaveOut(int slot) {
        dead.add(slot);
    }

    /** The rows as they are now, with the index. */
    Corpus copy() {
        Corpus copy = new Corpus(options);
        copy.payloads.addAll(payloads);
        copy.ids.addAll(ids);
        copy.texts.addAll(texts);
        copy.dead.addAll(dead);
        copy.index = index;
        return copy;
    }

    int slots() {
        return payloads.size();
    }

    int[] kept() {
        return IntStream.range(0, slots()).filter(slot -> !dead.contains(slot)).toArray();
    }

    long[] live() {
        long[] words = new long[(slots() + 63) / 64];
        for (int slot : kept()) {
            words[slot >>> 6] |= 1L << slot;
        }
        return words;
    }

    private static void collect(Value value, List<String> path, boolean inArray, List<Text> into) {
        switch (value) {
            case Value.Str text -> into.add(new Text(path, runs(text.text())));
            case Arr array -> array.forEach(element -> collect(element, path, true, into));
            case Obj object -> {
                for (int i = 0; i < object.size(); i++) {
                    List<String> longer = new ArrayList<>(path);
                    if (!inArray) {
                        longer.add(object.name(i));
                    }
                    collect(object.value(i), longer, inArray, into);
                }
            }
            default -> {}
        }
    }

    /** The token rule by the tables of the JDK; null stands for a dropped one. */
    static List<@Nullable String> runs(String text) {
        List<@Nullable String> runs = new ArrayList<>();
        for (String run : CaseFolding.fold(text).split("[^\\p{L}\\p{M}\\p{N}]+")) {
            if (!run.isEmpty()) {
                runs.add(run.getBytes(StandardCharsets.UTF_8).length == 1 ? null : run);
            }
        }
        return runs;
    }

    private static boolean within(List<String> path, List<FieldPath> fields) {
        if (fields.isEmpty()) {
            return true;
        }
        for (FieldPath field : fields) {
            List<String> members = field.members();
            if (members.size() <= path.size() && path.subList(0, members.size()).equals(members)) {
                return true;
            }
        }
        return false;
    }

    /** The best k by definition. */
    Answer search(TextQuery query, List<FieldPath> fields, int k, long @Nullable [] allowed) {
        List<List<List<String>>> documents = new ArrayList<>();
        int rows = 0;
        long total = 0;
        for (int slot = 0; slot < slots(); slot++) {
            List<List<String>> document = new ArrayList<>();
            int length = 0;
            for (Text text : texts.get(slot)) {
                if (within(text.path, fields)) {
                    document.add(text.tokens);
                    length += (int)
                            text.tokens.stream().filter(token -> token != null).count();
                }
            }
            documents.add(document);
            if (length > 0 && !dead.contains(slot)) {
                rows++;
                total += length;
            }
        }
        double average = (double) total / Math.max(1, rows);
        List<Map<Integer, Integer>> frequencies = new ArrayList<>();
        List<Double> idfs = new ArrayList<>();
        List<@Nullable String> words = runs(query.text());
        boolean endsInWord = query.text().matches("(?s).*[\\p{L}\\p{M}\\p{N}]");
        boolean lastIsPrefix = query instanceof TextQuery.Prefix && endsInWord;
        if (lastIsPrefix && words.get(words.size() - 1) == null) {
            words.set(
                    words.size() - 1,
                    CaseFolding.fold(query.text().substring(query.text().length() - 1)));
        }
        if (query instanceof TextQuery.Phrase) {
            List<@Nullable String> phrase = trimmed(words);
            double idf = 0;
            boolean possible = !phrase.isEmpty();
            for (String word : phrase) {
                if (word != null) {
                    int n = live(count(documents, word, false));
                    possible &= n > 0;
                    idf += idf(rows, n);
                }
            }
            if (possible) {
                Map<Integer, Integer> of = new HashMap<>();
                for (int slot = 0; slot < slots(); slot++) {
                    int occurrences = 0;
                    for (List<String> text : documents.get(slot)) {
                        for (int at = 0; at + phrase.size() <= text.size(); at++) {
                            boolean same = true;
                            for (int i = 0; i < phrase.size(); i++) {
                                same &= phrase.get(i) == null || phrase.get(i).equals(text.get(at + i));
                            }
                            occurrences += same ? 1 : 0;
                        }
                    }
                    if (occurrences > 0) {
                        of.put(slot, occurrences);
                    }
                }
                frequencies.add(of);
                idfs.add(idf);
            }
        } else {
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if (word != null) {
                    boolean prefix = lastIsPrefix && i == words.size() - 1;
                    Map<Integer, Integer> of = count(documents, word, prefix);
                    if (live(of) > 0) {
                        frequencies.add(of);
                        idfs.add(idf(rows, live(of)));
                    }
                }
            }
        }
        record Found(int slot, float score) {}
        List<Found> found = new ArrayList<>();
        for (int slot = 0; slot < slots(); slot++) {
            if (dead.contains(slot) || allowed != null && (allowed[slot >>> 6] >>> slot & 1) == 0) {
                continue;
            }
            int length = 0;
            for (List<String> text : documents.get(slot)) {
                length += (int) text.stream().filter(token -> token != null).count();
            }
            double sum = 0;
            for (int i = 0; i < frequencies.size(); i++) {
                int f = frequencies.get(i).getOrDefault(slot, 0);
                if (f > 0) {
                    sum += idfs.get(i) * (f * 2.2 / (f + 1.2 * (0.25 + 0.75 * length / average)));
                }
            }
            if (sum > 0) {
                found.add(new Found(slot, (float) sum));
            }
        }
        found.sort((a, b) -> a.score != b.score
                ? Float.compare(b.score, a.score)
                : Long.compareUnsigned(ids.get(a.slot), ids.get(b.slot)));
        List<Found> best = found.subList(0, Math.min(k, found.size()));
        float[] scores = new float[best.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = best.get(i).score;
        }
        return new Answer(best.stream().mapToInt(Found::slot).toArray(), scores);
    }

    private static List<@Nullable String> trimmed(List<@Nullable String> words) {
        int from = 0;
        int to = words.size();
        while (from < to && words.get(from) == null) {
            from++;
        }
        while (to > from && words.get(to - 1) == null) {
            to--;
        }
        return words.subList(from, to);
    }

    private static double idf(int rows, int n) {
        return StrictMath.log(1 + (rows - n + 0.5) / (n + 0.5));
    }

    private int live(Map<Integer, Integer> frequencies) {
        return (int) frequencies.keySet().stream()
                .filter(slot -> !dead.contains(slot))
                .count();
    }

    private static Map<Integer, Integer> count(List<List<List<String>>> documents, String word, boolean prefix) {
        Map<Integer, Integer> of = new HashMap<>();
        for (int slot = 0; slot < documents.size(); slot++) {
            for (List<String> text : documents.get(slot)) {
                for (String token : text) {
                    if (token != null && (prefix ? token.startsWith(word) : token.equals(word))) {
                        of.merge(slot, 1, Integer::sum);
                    }
                }
            }
        }
        return of;
    }

    static Answer of(ScoredSlots found) {
        return new Answer(found.slots(), found.scores());
    }

    /** Texts of words whose frequencies fall as those of languages do. */
    static final class Words {
        private final Random random;
        private final int variety;

        Words(Random random, int variety) {
            this.random = random;
            this.variety = variety;
        }

        String word() {
            int n = (int) (variety * Math.pow(random.nextDouble(), 3));
            return switch (n % 23) {
                case 7 -> "Ünter" + n;
                case 11 -> "x" + n % 2;
                case 13 -> "q";
                default -> "w" + Integer.toString(n, 26);
            };
        }

        String text(int most) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(most + 1); n > 0; n--) {
                text.append(word()).append(random.nextInt(6) == 0 ? ", " : " ");
            }
            return text.toString();
        }

        @Nullable
        Obj payload(int most) {
            return switch (random.nextInt(10)) {
                case 0 -> null;
                case 1 -> Obj.of("n", random.nextInt(5), "title", text(3));
                case 2 -> Obj.of("tags", List.of(text(2), Map.of("deep", text(2)), 5), "body", text(most));
                case 3 -> Obj.of("meta", Map.of("author", text(2), "place", text(2)), "title", text(3));
                case 4 -> Obj.of("body", text(most), "title", text(4), "meta", text(2));
                default -> Obj.of("body", text(most));
            };
        }
    }
}
