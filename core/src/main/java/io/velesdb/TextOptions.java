package io.velesdb;

import io.velesdb.filter.FieldPath;
import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a collection's payloads is searchable as text, and how text becomes tokens: in the same way everywhere, or by a field's own
 * {@link TextAnalysis}. Queries are treated as the fields in which they look. An immutable value.
 *
 * @param fields the fields to index, with all that is nested below them; empty for every string of the payload
 * @param analysis of all fields but those in {@code byField}
 * @param byField fields with an analysis of their own, which also holds for what is nested below them; of a field and one below it,
 *     the one below counts for itself. Only fields that are indexed
 */
public record TextOptions(List<FieldPath> fields, TextAnalysis analysis, Map<FieldPath, TextAnalysis> byField) {

    /** Fields that may be named, in either way. */
    public static final int MAX_FIELDS = 1_000;

    /** Every string, plain tokens. */
    public static final TextOptions DEFAULTS = new TextOptions(List.of(), TextAnalysis.PLAIN, Map.of());

    private static final int BIGRAMS = 1;
    private static final int BY_FIELD = 2;

    /**
     * @throws VelesException VELES-010 for too many fields, the id, or an analysis of a field that is not indexed or has another
     *     one already
     */
    public TextOptions {
        fields = List.copyOf(fields);
        byField = Collections.unmodifiableMap(new LinkedHashMap<>(byField));
        check(fields);
        check(byField.keySet());
        Set<List<String>> known = new HashSet<>();
        for (FieldPath field : byField.keySet()) {
            if (!covers(fields, field)) {
                throw bad("field " + field + " has an analysis but is not indexed: name it among the fields " + fields);
            }
            if (!known.add(field.members())) {
                throw bad("field " + field + " has two analyses: give one");
            }
        }
    }

    private static void check(java.util.Collection<FieldPath> fields) {
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
        return new TextOptions(chosen, analysis, byField);
    }

    /** The same where a field, with what is nested below it, is analysed in another way than the rest. */
    public TextOptions withField(FieldPath field, TextAnalysis own) {
        Map<FieldPath, TextAnalysis> more = new LinkedHashMap<>(byField);
        more.put(field, own);
        return new TextOptions(fields, analysis, more);
    }

    /** The same for words of a language, with stems and without its stop words as asked. */
    public TextOptions withLanguage(TextLanguage spoken, boolean stems, boolean dropStopWords) {
        return new TextOptions(fields, analysis.withLanguage(spoken, stems, dropStopWords), byField);
    }

    /** The same without accents. */
    public TextOptions strippingMarks() {
        return new TextOptions(fields, analysis.strippingMarks(), byField);
    }

    /** The same with pairs of Han, Kana and Hangul characters. */
    public TextOptions withBigrams() {
        return new TextOptions(fields, analysis.withBigrams(), byField);
    }

    /** Whether all strings of a field, nested ones included, are indexed. */
    public boolean covers(FieldPath field) {
        return covers(fields, field);
    }

    private static boolean covers(List<FieldPath> fields, FieldPath field) {
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

    /** Whether any text loses its accents, which not every host can do. */
    public boolean stripsMarks() {
        return analysis.stripMarks() || byField.values().stream().anyMatch(TextAnalysis::stripMarks);
    }

    /** Appends these options to a record. */
    public void write(BinaryWriter out) {
        out.writeVarInt(fields.size());
        fields.forEach(field -> writeField(field, out));
        writeAnalysis(analysis, byField.isEmpty() ? 0 : BY_FIELD, out);
        if (!byField.isEmpty()) {
            out.writeVarInt(byField.size());
            byField.forEach((field, own) -> {
                writeField(field, out);
                writeAnalysis(own, 0, out);
            });
        }
    }

    private static void writeField(FieldPath field, BinaryWriter out) {
        out.writeVarInt(field.names().size());
        for (String name : field.names()) {
            out.writeString(name);
        }
    }

    private static void writeAnalysis(TextAnalysis analysis, int flags, BinaryWriter out) {
        TextLanguage language = analysis.language();
        out.writeString(language == null ? "" : language.code());
        out.writeBoolean(analysis.stemming())
                .writeBoolean(analysis.stopWords())
                .writeBoolean(analysis.stripMarks())
                .writeByte(analysis.bigrams() ? flags | BIGRAMS : flags);
    }

    /**
     * Reads back what {@link #write} wrote.
     *
     * @throws VelesException the code of {@code in} when that is something else
     */
    public static TextOptions read(BinaryReader in) {
        try {
            return readAllowed(in);
        } catch (VelesException bad) {
            throw in.damaged(String.valueOf(bad.getMessage()));
        }
    }

    private static TextOptions readAllowed(BinaryReader in) {
        int count = in.readCount(2);
        if (count > MAX_FIELDS) {
            throw in.damaged(count + " text fields");
        }
        List<FieldPath> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fields.add(readField(in));
        }
        TextAnalysis analysis = readWords(in);
        int flags = in.readByte();
        analysis = withFlags(analysis, flags, BIGRAMS | BY_FIELD, in);
        Map<FieldPath, TextAnalysis> byField = new LinkedHashMap<>();
        int own = (flags & BY_FIELD) == 0 ? 0 : in.readCount(7);
        for (int i = 0; i < own; i++) {
            FieldPath field = readField(in);
            if (byField.put(field, withFlags(readWords(in), in.readByte(), BIGRAMS, in)) != null) {
                throw in.damaged("two analyses of field " + field);
            }
        }
        return new TextOptions(fields, analysis, byField);
    }

    private static FieldPath readField(BinaryReader in) {
        int names = in.readCount(1);
        List<String> path = new ArrayList<>();
        for (int n = 0; n < names; n++) {
            path.add(in.readString());
        }
        return new FieldPath(path);
    }

    /** All of an analysis but its last byte. */
    private static TextAnalysis readWords(BinaryReader in) {
        String code = in.readString();
        return new TextAnalysis(
                code.isEmpty() ? null : TextLanguage.of(code),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                false);
    }

    private static TextAnalysis withFlags(TextAnalysis read, int flags, int allowed, BinaryReader in) {
        if ((flags & ~allowed) != 0) {
            throw in.damaged("flags " + flags + " of a text analysis");
        }
        return (flags & BIGRAMS) == 0 ? read : read.withBigrams();
    }

    private static VelesException bad(String text) {
        return new VelesException(ErrorCode.QUERY, "text options: " + text);
    }
}
