package io.velesdb.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class BinaryTest {
    private static BinaryReader reader(byte... bytes) {
        return new BinaryReader(bytes, ErrorCode.STORAGE, "section 'x'");
    }

    private static void assertDamaged(ThrowingCallable call, String text) {
        assertThatThrownBy(call)
                .isInstanceOf(VelesException.class)
                .hasMessageContaining("[VELES-006] section 'x' is damaged at byte")
                .hasMessageContaining(text);
    }

    @Test
    void everythingWrittenReadsBackTheSame() {
        BinaryWriter out = new BinaryWriter(0);
        int hole = out.reserveInt();
        out.writeByte(-1)
                .writeBoolean(true)
                .writeInt(-5)
                .writeLong(Long.MIN_VALUE + 7)
                .writeFloat(-0.0f);
        out.writeDouble(Double.MIN_VALUE).writeVarInt(300).writeVarLong(-1).writeString("a\u00e9\u20ac\uD83D\uDE00");
        out.writeBlob(new byte[] {1, 2, 3}).writeVarInt(2).writeInts(new int[] {9, 8, 7}, 1, 2);
        out.writeLongs(new long[] {1, -1}, 0, 2).writeFloats(new float[] {1.5f, 2.5f}, 0, 2);
        out.setInt(hole, 42);

        BinaryReader in = reader(out.toByteArray());
        assertThat(in.readInt()).isEqualTo(42);
        assertThat(in.readByte()).isEqualTo((byte) -1);
        assertThat(in.readBoolean()).isTrue();
        assertThat(in.readInt()).isEqualTo(-5);
        assertThat(in.readLong()).isEqualTo(Long.MIN_VALUE + 7);
        assertThat(Float.floatToRawIntBits(in.readFloat())).isEqualTo(0x80000000);
        assertThat(in.readDouble()).isEqualTo(Double.MIN_VALUE);
        assertThat(in.readVarInt()).isEqualTo(300);
        assertThat(in.readVarLong()).isEqualTo(-1);
        assertThat(in.readString()).isEqualTo("a\u00e9\u20ac\uD83D\uDE00");
        assertThat(in.readBlob()).containsExactly(1, 2, 3);
        assertThat(in.readInts(in.readCount(4))).containsExactly(8, 7);
        assertThat(in.readLongs(2)).containsExactly(1, -1);
        assertThat(in.readFloats(2)).containsExactly(1.5f, 2.5f);
        in.expectEnd();
    }

    @Test
    void everyTruncationIsDamageNotAnOverrun() {
        BinaryWriter out = new BinaryWriter();
        out.writeInt(1).writeVarLong(1L << 40).writeString("text").writeDouble(1);
        byte[] whole = out.toByteArray();
        for (int size = 0; size < whole.length; size++) {
            BinaryReader in = reader(Arrays.copyOf(whole, size));
            assertDamaged(
                    () -> {
                        in.readInt();
                        in.readVarLong();
                        in.readString();
                        in.readDouble();
                    },
                    "");
        }
    }

    @Test
    void hostileLengthsAreRefusedBeforeAllocation() {
        byte[] huge = new BinaryWriter().writeVarInt(Integer.MAX_VALUE).toByteArray();
        assertDamaged(() -> reader(huge).readBlob(), "2147483647 items announced");
        assertDamaged(() -> reader(huge).readString(), "2147483647 items announced");
        assertDamaged(() -> reader(huge).readCount(4), "2147483647 items announced");
        assertDamaged(() -> reader(huge).readInts(Integer.MAX_VALUE), "bytes expected");
        assertDamaged(() -> reader(huge).readLongs(-1), "bytes expected");
        assertDamaged(() -> reader(huge).readFloats(-1), "bytes expected");
        assertDamaged(() -> reader(huge).skip(-1), "bytes expected");
        assertDamaged(
                () -> reader(new BinaryWriter().writeVarLong(-1).toByteArray()).readVarInt(), "out of range");
        assertDamaged(() -> reader((byte) 2).readBoolean(), "expected 0 or 1");
        assertDamaged(() -> reader((byte) 2).expectEnd(), "1 bytes too many");
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0xFF);
        assertDamaged(() -> reader(endless).readVarLong(), "more than 64 bits");
    }

    @Test
    void textMustBeValidOnBothWays() {
        assertThatThrownBy(() -> new BinaryWriter().writeString("a\uD800"))
                .hasMessageContaining("[VELES-017]")
                .hasMessageContaining("character 1");
        assertDamaged(() -> reader((byte) 2, (byte) 0xC0, (byte) 0x80).readString(), "not UTF-8");
    }

    @Test
    void everyCodePointEncodesLikeTheJdk() {
        BinaryWriter out = new BinaryWriter();
        for (int point = 0; point <= 0x10FFFF; point++) {
            if (point >= 0xD800 && point <= 0xDFFF) {
                continue;
            }
            String text = Character.toString(point);
            out.clear();
            out.writeUtf8(text);
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (!Arrays.equals(bytes, out.toByteArray())
                    || Utf8.length(text) != bytes.length
                    || Utf8.invalidByte(bytes, 0, bytes.length) != -1) {
                throw new AssertionError("code point " + Integer.toHexString(point));
            }
        }
    }

    @Test
    void malformedSequencesAreFoundExactlyAsTheJdkFindsThem() {
        for (int a = 0; a < 256; a++) {
            for (int b = 0; b < 256; b += 5) {
                for (int c = 0x7F; c < 0xC2; c++) {
                    byte[] bytes = {(byte) a, (byte) b, (byte) c, (byte) 0x80};
                    boolean valid = !new String(bytes, StandardCharsets.UTF_8).contains("\uFFFD");
                    if (valid != (Utf8.invalidByte(bytes, 0, 4) < 0)) {
                        throw new AssertionError(Arrays.toString(bytes));
                    }
                }
            }
        }
    }

    @Test
    void stringsCompareByCodePoint() {
        String[] ascending = {"", "A", "AB", "a", "\u00e9", "\uD7FF", "\uE000", "\uFFFF", "\uD800\uDC00", "\uDBFF\uDFFF"
        };
        for (int i = 0; i < ascending.length; i++) {
            for (int j = 0; j < ascending.length; j++) {
                assertThat(Integer.signum(Utf8.compare(ascending[i], ascending[j])))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
        assertThat(Utf8.loneSurrogate("ab")).isEqualTo(-1);
        assertThat(Utf8.loneSurrogate("a\uDC00b")).isEqualTo(1);
        assertThat(Utf8.loneSurrogate("\uD800\uD800\uDC00")).isZero();
    }

    @Test
    void aRecordThatNoArrayHoldsIsRefusedBeforeMemoryIsTaken() {
        BinaryWriter out = new BinaryWriter(16).writeByte(1);
        assertThatThrownBy(() -> out.writeBytes(new byte[0], 0, Integer.MAX_VALUE))
                .isInstanceOf(VelesException.class)
                .satisfies(e -> assertThat(((VelesException) e).code()).isEqualTo(ErrorCode.ALLOCATION_FAILED))
                .hasMessageContaining("split it");
        assertThat(out.toByteArray()).containsExactly(1);
    }
}
