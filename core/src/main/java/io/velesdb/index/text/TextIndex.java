package io.velesdb.index.text;

import io.velesdb.ErrorCode;
import io.velesdb.TextOptions;
import io.velesdb.TextQuery;
import io.velesdb.VelesException;
import io.velesdb.filter.FieldPath;
import io.velesdb.host.TextFolding;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import io.velesdb.value.WordCharacters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one collection: which rows have a word, a phrase or a beginning of a word, and how well they answer by BM25. One
 * writer appends, removes, saves and compacts; any number of readers search a {@link View} that was published to them (through
 * a volatile field, say), beside the writer and without locks.
 *
 * <pre>{@code
 * TextIndex index = new TextIndex(TextOptions.DEFAULTS, folding);
 * index.append(0, Obj.of("gloss", "an implement used to propel a boat"));
 * TextSearch boats = index.view().search(TextQuery.words("small boat"), List.of(), null);
 * ScoredSlots best = boats.best(10, null, ids, Cancellation.NONE);
 * }</pre>
 */
public final class TextIndex {
    private static final int[] NONE = {};

    private final TextOptions options;
    private final TextFolding folding;
    private final FieldRules rules;
    private final DocumentTokens document;
    private final FieldNames names;
    private final Vocabulary vocabulary;
    private final Versions<Term> terms;

    /** All fields at first, then each by number + 1. */
    private final Versions<Field> fields;

    private int slots;
    private int epoch;

    /** An index of no slots. */
    public TextIndex(TextOptions options, TextFolding folding) {
        this.options = options;
        this.folding = folding;
        rules = new FieldRules(options);
        document = new DocumentTokens(rules, folding);
        names = new FieldNames(rules);
        vocabulary = new Vocabulary();
        terms = new Versions<>();
        fields = new Versions<>();
        fields.add(new Field(epoch));
    }

    /** What it was made with. */
    public TextOptions options() {
        return options;
    }

    /** Adds the row version in {@code slot}; slots ascend without gaps. */
    public void append(int slot, @Nullable Obj payload) {
        if (slot != slots) {
            throw new IllegalArgumentException("slot " + slot + " after " + slots + " slots");
        }
        slots = slot + 1;
        if (payload == null) {
            return;
        }
        document.read(payload, names::add, vocabulary::add);
        if (document.size() == 0) {
            return;
        }
        Field all = editField(0);
        all.lengths.append(slot, document.size());
        all.rows++;
        all.tokens += document.size();
        for (int i = 0; i < document.fieldCount(); i++) {
            Field field = editField(document.field(i) + 1);
            field.lengths.append(slot, document.fieldLength(i));
            field.rows++;
            field.tokens += document.fieldLength(i);
        }
        document.forEachTerm((number, sole, from, to) -> addTerm(slot, number, sole, from, to));
    }

    private void addTerm(int slot, int number, int sole, int from, int to) {
        Term term;
        if (number == terms.size()) {
            term = new Term(epoch, sole);
            terms.add(term);
        } else {
            term = editTerm(number);
        }
        if (term.sole >= 0 && term.sole != sole) {
            term.split();
        }
        Postings all = term.editAll();
        all.append(slot, document.positions(), from, to - from, lengths(term.sole));
        all.live++;
        if (term.sole < 0) {
            int[] inFields = new int[to - from];
            int[] count = {0};
            document.forEachField(from, to, (field, positions, start, end) -> inFields[count[0]++] = field);
            term.addFields(inFields, count[0]);
            document.forEachField(from, to, (field, positions, start, end) -> {
                Postings list = term.edit(field);
                list.append(slot, positions, start, end - start, lengths(field));
                list.live++;
            });
        }
    }

    /** Of a field, or of all for -1. */
    private Lengths lengths(int field) {
        return fields.get(field + 1).lengths;
    }

    /**
     * Takes note that the row version in {@code slot} is dead: it does not count in any statistics any more. Call it once.
     *
     * @param payload what it was appended with
     * @throws VelesException VELES-008 when it cannot have been
     */
    public void remove(int slot, @Nullable Obj payload) {
        if (slot < 0 || slot >= slots) {
            throw new IllegalArgumentException("slot " + slot + " of " + slots + " slots");
        }
        if (payload == null) {
            return;
        }
        boolean known = document.read(payload, names::find, vocabulary::find);
        if (!known || lengths(-1).get(slot) != document.size()) {
            throw new VelesException(
                    ErrorCode.INDEX_CORRUPTED,
                    "the postings do not hold the document of row version " + slot
                            + ": 'velesdb repair' makes them again");
        }
        if (document.size() == 0) {
            return;
        }
        removeFrom(0, document.size());
        for (int i = 0; i < document.fieldCount(); i++) {
            removeFrom(document.field(i) + 1, document.fieldLength(i));
        }
        document.forEachTerm((number, sole, from, to) -> {
            Term term = editTerm(number);
            term.editAll().live--;
            if (term.sole < 0) {
                document.forEachField(from, to, (field, positions, start, end) -> term.edit(field).live--);
            }
        });
    }

    private void removeFrom(int number, int length) {
        Field field = editField(number);
        field.rows--;
        field.tokens -= length;
    }

    private Field editField(int index) {
        if (index == fields.size()) {
            fields.add(new Field(epoch));
        }
        Field field = fields.get(index);
        if (field.epoch != epoch) {
            field = field.next(epoch);
            fields.set(index, field);
        }
        return field;
    }

    private Term editTerm(int number) {
        Term term = terms.get(number);
        if (term.epoch != epoch) {
            term = term.next(epoch);
            terms.set(number, term);
        }
        return term;
    }

    /** What was appended and removed so far, for readers. */
    public View view() {
        epoch++;
        return new View(this);
    }

    /** A new index in which slot i is the old slot {@code kept[i]}, for i below {@code count}: the live ones, ascending. */
    public TextIndex compact(int[] kept, int count) {
        int[] renamed = new int[slots];
        Arrays.fill(renamed, -1);
        for (int i = 0; i < count; i++) {
            renamed[kept[i]] = i;
        }
        TextIndex copy = new TextIndex(options, folding);
        copy.slots = count;
        copy.take(this, renamed);
        return copy;
    }

    /** Takes over what another index knows of slots that are not renamed to -1. */
    private void take(TextIndex from, int[] renamed) {
        List<List<String>> paths = from.names.paths();
        int[] newNumbers = new int[paths.size()];
        takeLengths(from.fields.get(0), fields.get(0), renamed);
        for (int i = 0; i < newNumbers.length; i++) {
            Field field = new Field(epoch);
            takeLengths(from.fields.get(i + 1), field, renamed);
            newNumbers[i] = -1;
            if (field.rows > 0) {
                newNumbers[i] = names.add(paths.get(i));
                fields.add(field);
            }
        }
        for (int number = 0; number < from.terms.size(); number++) {
            Term old = from.terms.get(number);
            Term term = old.sole >= 0 ? takeSole(old, newNumbers, renamed) : takeSplit(old, newNumbers, renamed);
            if (term.all.count() > 0) {
                byte[] token = from.vocabulary.token(number);
                vocabulary.add(token, token.length);
                terms.add(term);
            }
        }
    }

    private static void takeLengths(Field from, Field to, int[] renamed) {
        from.lengths.forEach((slot, length) -> {
            if (renamed[slot] >= 0) {
                to.lengths.append(renamed[slot], length);
                to.rows++;
                to.tokens += length;
            }
        });
    }

    private Term takeSole(Term old, int[] newNumbers, int[] renamed) {
        int field = newNumbers[old.sole];
        Term term = new Term(epoch, Math.max(0, field));
        if (field >= 0) {
            takePostings(old.all, term.all, lengths(field), renamed);
        }
        return term;
    }

    private Term takeSplit(Term old, int[] newNumbers, int[] renamed) {
        int[] inFields = new int[old.fields.length];
        Postings[] lists = new Postings[inFields.length];
        int count = 0;
        for (int i = 0; i < inFields.length; i++) {
            int field = newNumbers[old.fields[i]];
            if (field >= 0) {
                Postings list = new Postings(epoch);
                takePostings(old.lists[i], list, lengths(field), renamed);
                if (list.count() > 0) {
                    // ascending, as new numbers are given in the order of the old ones
                    inFields[count] = field;
                    lists[count++] = list;
                }
            }
        }
        Term term = new Term(epoch, count == 0 ? 0 : inFields[0]);
        if (count == 1) {
            term.all = lists[0];
        } else if (count > 1) {
            takePostings(old.all, term.all, lengths(-1), renamed);
            term.haveLists(Arrays.copyOf(inFields, count), Arrays.copyOf(lists, count));
        }
        return term;
    }

    private static void takePostings(Postings from, Postings to, Lengths lengths, int[] renamed) {
        for (PostingReader reader = new PostingReader(from); reader.next(); ) {
            int slot = renamed[reader.slot()];
            if (slot >= 0) {
                to.append(slot, reader.positions(), 0, reader.frequency(), lengths);
                to.live++;
            }
        }
    }

    /** Writes everything appended so far. */
    public void save(BinaryWriter out) {
        out.writeString(WordCharacters.UNICODE_VERSION);
        options.write(out);
        out.writeVarInt(slots);
        List<List<String>> paths = names.paths();
        out.writeVarInt(paths.size());
        for (List<String> path : paths) {
            out.writeVarInt(path.size());
            path.forEach(out::writeString);
        }
        for (int i = 0; i < fields.size(); i++) {
            TextCodec.writeField(fields.get(i), out);
        }
        out.writeVarInt(terms.size());
        for (int number = 0; number < terms.size(); number++) {
            out.writeBlob(vocabulary.token(number));
            TextCodec.writeTerm(terms.get(number), out);
        }
    }

    /**
     * Reads back what {@link #save} wrote.
     *
     * @param options the options of the collection
     * @param slots the slots that the collection has
     * @throws VelesException the code of {@code in} when that is something else, or was made by other options or another
     *     version of Unicode
     */
    public static TextIndex load(BinaryReader in, TextOptions options, TextFolding folding, int slots) {
        if (!in.readString().equals(WordCharacters.UNICODE_VERSION)
                || !TextOptions.read(in).equals(options)) {
            throw in.damaged("texts were indexed by other rules");
        }
        int saved = in.readVarInt();
        if (saved != slots) {
            throw in.damaged("texts of " + saved + " slots for " + slots);
        }
        TextIndex index = new TextIndex(options, folding);
        index.slots = slots;
        int paths = in.readCount(1);
        for (int i = 0; i < paths; i++) {
            List<String> path = new ArrayList<>();
            int levels = in.readCount(1);
            if (levels > Value.MAX_PAYLOAD_LEVELS) {
                throw in.damaged("a field " + levels + " levels deep");
            }
            for (int n = levels; n > 0; n--) {
                path.add(in.readString());
            }
            if (path.isEmpty() || index.names.add(path) != i) {
                throw in.damaged("field " + path + " has no name or stands twice");
            }
        }
        for (int i = 0; i <= paths; i++) {
            Field field = TextCodec.readField(in, index.epoch, slots);
            if (i == 0) {
                index.fields.set(0, field);
            } else {
                index.fields.add(field);
            }
        }
        int count = in.readCount(6);
        for (int number = 0; number < count; number++) {
            byte[] token = in.readBlob();
            if (token.length == 0 || index.vocabulary.add(token, token.length) != number) {
                throw in.damaged("token " + number + " is empty or stands twice");
            }
            index.terms.add(TextCodec.readTerm(in, index.epoch, index.fields));
        }
        in.expectEnd();
        return index;
    }

    /** A published state. Immutable. */
    public static final class View {
        private final TextOptions options;
        private final TextFolding folding;
        private final FieldRules rules;
        private final FieldNames names;
        private final Vocabulary vocabulary;
        private final Versions<Term> terms;
        private final Versions<Field> fields;
        private final int slots;

        private View(TextIndex index) {
            options = index.options;
            folding = index.folding;
            rules = index.rules;
            names = index.names;
            vocabulary = index.vocabulary.frozen();
            terms = index.terms.frozen();
            fields = index.fields.frozen();
            slots = index.slots;
        }

        /**
         * Prepares a search. Its statistics are those of the live rows of this state.
         *
         * @param within fields, with what is nested below them, that count as one; empty, or the whole payload, for all strings
         *     that are indexed
         * @param live bits of the live slots; null when all are live. Read only for beginnings of words, and where several
         *     fields count as one
         * @throws VelesException VELES-010 for a field that the options leave out, or a phrase of too many words
         */
        public TextSearch search(TextQuery query, List<FieldPath> within, long @Nullable [] live) {
            return search(query, within, live, NONE);
        }

        /**
         * The same, where some rows that were not removed count in no statistic either: as if they had been.
         *
         * @param live bits of the live slots without those; null only when all slots are live and none is left out
         * @param leftOut the slots of those rows, ascending
         */
        public TextSearch search(TextQuery query, List<FieldPath> within, long @Nullable [] live, int[] leftOut) {
            for (FieldPath field : within) {
                if (!field.isId() && !field.members().isEmpty() && !options.covers(field)) {
                    throw new VelesException(
                            ErrorCode.QUERY,
                            "field " + field + " has no text index: the collection indexes " + options.fields());
                }
            }
            return new QueryReader(this, within, live, leftOut).read(query);
        }

        Analyzer analyzer(int number) {
            return new Analyzer(rules.analyses().get(number), folding);
        }

        /** Whether all fields have the same analysis, number 0. */
        boolean isUniform() {
            return rules.analyses().size() == 1;
        }

        FieldNames names() {
            return names;
        }

        Vocabulary vocabulary() {
            return vocabulary;
        }

        Term term(int number) {
            return terms.get(number);
        }

        /** All fields for -1. */
        Field field(int number) {
            return fields.get(number + 1);
        }

        int fieldCount() {
            return fields.size() - 1;
        }

        int slots() {
            return slots;
        }
    }
}
