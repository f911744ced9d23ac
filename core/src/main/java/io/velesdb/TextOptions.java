package io.velesdb;

import io.velesdb.filter.FieldPath;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a collection's payloads is searchable as text, and how text becomes tokens. Texts are always folded by case and cut
 * into runs of letters, marks and numbers; everything else is off unless asked for. Queries are treated in the same way. An
 * immutable value.
 *
 * @param fields the fields to index, with all that is nested below them; empty for every string of the payload
 * @param language of stemming and stop words; null for none
 * @param stemming whether words are reduced to their stems (Snowball algorithms): {@code oars} finds {@code oar}
 * @param stopWords whether the commonest words of the language are left out
 * @param stripMarks whether accents and the like are left out, before anything else: {@code cafe} finds {@code café}
 * @param bigrams whether runs of Han, Kana and Hangul become pairs of characters instead of one token
 */
public record TextOptions(
        List<FieldPath> fields,
        @Nullable TextLanguage language,
        boolean stemming,
        boolean stopWords,
        boolean stripMarks,
        boolean bigrams) {

    /** Fields that may be named. */
    public static final int MAX_FIELDS = 1_000;

    /** Every string, plain tokens. */
    public static final TextOptions DEFAULTS = new TextOptions(List.of(), null, false, false, false, false);

    /** @throws VelesException VELES-010 for stemming or stop words without a language, too many fields, or the id */
    public TextOptions {
        fields = List.copyOf(fields);
        if (language == null && (stemming || stopWords)) {
            throw bad((stemming ? "stemming" : "stop words") + " without a language: name one of en, fr, de, es");
        }
        if (fields.size() > MAX_FIELDS) {
            throw bad(fields.size() + " fields: name at most " + MAX_FIELDS + ", or none to index every string");
        }
        for (FieldPath field : fields) {
            if (field.isId()) {
                throw bad("field id is a number: name fields of the payload");
            }
        }
    }

    /** The same with these fields only. */
    public TextOptions withFields(List<FieldPath> chosen) {
        return new TextOptions(chosen, language, stemming, stopWords, stripMarks, bigrams);
    }

    /** The same for words of a language, with stems and without its stop words as asked. */
    public TextOptions withLanguage(TextLanguage spoken, boolean stems, boolean dropStopWords) {
        return new TextOptions(fields, spoken, stems, dropStopWords, stripMarks, bigrams);
    }

    /** The same without accents. */
    public TextOptions strippingMarks() {
        return new TextOptions(fields, language, stemming, stopWords, true, bigrams);
    }

    /** The same with pairs of Han, Kana and Hangul characters. */
    public TextOptions withBigrams() {
        return new TextOptions(fields, language, stemming, stopWords, stripMarks, true);
    }

    /** Whether all strings of a field, nested ones included, are indexed. */
    public boolean covers(FieldPath field) {
        if (fields.isEmpty()) {
            return true;
        }
        for (FieldPath chosen : fields) {
            List<String> members = chosen.members();
            if (members.size() <= field.members().size()
                    && field.members().subList(0, members.size()).equals(members)) {
                return true;
            }
        }
        return false;
    }

    /** Appends these options to a record. */
    public void write(BinaryWriter out) {
        out.writeVarInt(fields.size());
        for (FieldPath field : fields) {
            out.writeVarInt(field.names().size());
            for (String name : field.names()) {
                out.writeString(name);
            }
        }
        out.writeString(language == null ? "" : language.code());
        out.writeBoolean(stemming)
                .writeBoolean(stopWords)
                .writeBoolean(stripMarks)
                .writeBoolean(bigrams);
    }

    /**
     * Reads back what {@link #write} wrote.
     *
     * @throws VelesException the code of {@code in} when that is something else
     */
    public static TextOptions read(BinaryReader in) {
        int count = in.readCount(2);
        if (count > MAX_FIELDS) {
            throw in.damaged(count + " text fields");
        }
        List<FieldPath> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int names = in.readCount(1);
            List<String> path = new ArrayList<>();
            for (int n = 0; n < names; n++) {
                path.add(in.readString());
            }
            try {
                fields.add(new FieldPath(path));
            } catch (VelesException bad) {
                throw in.damaged(String.valueOf(bad.getMessage()));
            }
        }
        String code = in.readString();
        try {
            TextLanguage language = code.isEmpty() ? null : TextLanguage.of(code);
            return new TextOptions(
                    fields, language, in.readBoolean(), in.readBoolean(), in.readBoolean(), in.readBoolean());
        } catch (VelesException bad) {
            throw in.damaged(String.valueOf(bad.getMessage()));
        }
    }

    private static VelesException bad(String text) {
        return new VelesException(ErrorCode.QUERY, "text options: " + text);
    }
}
