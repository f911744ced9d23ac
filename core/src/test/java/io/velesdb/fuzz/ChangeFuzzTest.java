package io.velesdb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.velesdb.ErrorCode;
import io.velesdb.VelesException;
import io.velesdb.journal.Change;
import io.velesdb.journal.ChangeCodec;
import io.velesdb.value.BinaryWriter;

class ChangeFuzzTest {
    /** Whatever the bytes are, they are damage, a newer format, or a change that can be written and read again. */
    @FuzzTest
    void whatIsReadIsWrittenAndReadAgainTheSame(byte[] data) {
        Change change;
        try {
            change = ChangeCodec.decode(5, data);
        } catch (VelesException refusal) {
            assertThat(refusal.code()).isIn(ErrorCode.STORAGE, ErrorCode.INCOMPATIBLE_SCHEMA_VERSION);
            return;
        }
        byte[] written = encode(change);
        assertThat(encode(ChangeCodec.decode(5, written))).isEqualTo(written);
    }

    private static byte[] encode(Change change) {
        BinaryWriter out = new BinaryWriter();
        ChangeCodec.encode(change, out);
        return out.toByteArray();
    }
}
