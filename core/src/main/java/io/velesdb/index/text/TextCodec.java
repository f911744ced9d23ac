package io.velesdb.index.text;

import io.velesdb.value.BinaryReader;
import io.velesdb.value.BinaryWriter;

/** Fields and terms as bytes. Lists are written posting by posting, and built anew when they are read. */
final class TextCodec {
    private TextCodec() {}

    static void writeField(Field field, BinaryWriter out) {
        int[] count = {0};
        field.lengths.forEach((slot, length) -> count[0]++);
        out.writeVarInt(field.rows).writeVarLong(field.tokens).writeVarInt(count[0]);
        int[] expected = {0};
        field.lengths.forEach((slot, length) -> {
            out.writeVarInt(slot - expected[0]).writeVarInt(length);
            expected[0] = slot + 1;
        });
    }

    static Field readField(BinaryReader in, int epoch, int slots) {
        Field field = new Field(epoch);
        field.rows = in.readVarInt();
        field.tokens = in.readVarLong();
        int count = in.readCount(2);
        int expected = 0;
        long tokens = 0;
        for (int i = 0; i < count; i++) {
            int gap = in.readVarInt();
            int length = in.readVarInt();
            if (gap >= slots - expected || length == 0) {
                throw in.damaged("a slot at or above " + slots + ", or a length of 0");
            }
            field.lengths.append(expected + gap, length);
            tokens += length;
            expected += gap + 1;
        }
        boolean possible = field.rows == 0
                ? field.tokens == 0
                : field.rows <= count && field.tokens >= field.rows && field.tokens <= tokens;
        if (!possible) {
            throw in.damaged(
                    field.rows + " live rows with " + field.tokens + " tokens, of " + count + " with " + tokens);
        }
        return field;
    }

    static void writeTerm(Term term, BinaryWriter out) {
        out.writeVarInt(term.sole + 1);
        writeList(term.all, out);
        if (term.sole < 0) {
            out.writeVarInt(term.fields.length);
            for (int i = 0; i < term.fields.length; i++) {
                out.writeVarInt(term.fields[i]);
                writeList(term.lists[i], out);
            }
        }
    }

    /** @param fields all of them first, then each by number + 1 */
    static Term readTerm(BinaryReader in, int epoch, Versions<Field> fields) {
        int sole = in.readVarInt() - 1;
        if (sole >= fields.size() - 1) {
            throw in.damaged("field " + sole + " of " + (fields.size() - 1));
        }
        Term term = new Term(epoch, sole);
        // a list that serves one field has its bounds by the lengths of the field
        term.all = readList(in, epoch, fields.get(sole + 1));
        if (sole < 0) {
            int[] numbers = new int[in.readCount(5)];
            Postings[] lists = new Postings[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = in.readVarInt();
                if (i > 0 && numbers[i] <= numbers[i - 1] || numbers[i] >= fields.size() - 1) {
                    throw in.damaged("field " + numbers[i] + " of " + (fields.size() - 1) + ", or out of order");
                }
                lists[i] = readList(in, epoch, fields.get(numbers[i] + 1));
            }
            term.haveLists(numbers, lists);
        }
        return term;
    }

    private static void writeList(Postings list, BinaryWriter out) {
        out.writeVarInt(list.live).writeVarInt(list.count());
        int expected = 0;
        for (PostingReader reader = new PostingReader(list); reader.next(); ) {
            out.writeVarInt(reader.slot() - expected).writeVarInt(reader.frequency());
            expected = reader.slot() + 1;
            long before = -1;
            for (int i = 0; i < reader.frequency(); i++) {
                out.writeVarLong(reader.positions()[i] - before - 1);
                before = reader.positions()[i];
            }
        }
    }

    private static Postings readList(BinaryReader in, int epoch, Field field) {
        Postings list = new Postings(epoch);
        list.live = in.readVarInt();
        int count = in.readCount(3);
        if (count == 0 || list.live > count || list.live > field.rows) {
            throw in.damaged(list.live + " live of " + count + " postings, in " + field.rows + " rows");
        }
        int expected = 0;
        long[] positions = new long[8];
        for (int i = 0; i < count; i++) {
            long slot = (long) expected + in.readVarInt();
            int frequency = in.readCount(1);
            // which a slot beyond the collection has not
            if (slot >= Integer.MAX_VALUE || frequency == 0 || frequency > field.lengths.get((int) slot)) {
                throw in.damaged("a frequency of " + frequency + " in slot " + slot);
            }
            if (frequency > positions.length) {
                positions = new long[frequency];
            }
            long before = -1;
            for (int n = 0; n < frequency; n++) {
                long gap = in.readVarLong();
                if (gap < 0 || gap >= Long.MAX_VALUE - before - 1) {
                    throw in.damaged("a position of more than 63 bits");
                }
                before += gap + 1;
                positions[n] = before;
            }
            list.append((int) slot, positions, 0, frequency, field.lengths);
            expected = (int) slot + 1;
        }
        return list;
    }
}
