package io.velesdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EdgeTest {
    @Test
    void derivedIdIsFnv1aOverSourceTargetAndLabel() {
        for (String label : new String[] {"a", "KNOWS", "né à", "l".repeat(300), "\uD83D\uDE00"}) {
            byte[] text = label.getBytes(StandardCharsets.UTF_8);
            ByteBuffer bytes = ByteBuffer.allocate(16 + text.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putLong(1).putLong(-2).put(text);
            long hash = 0xcbf29ce484222325L;
            for (byte b : bytes.array()) {
                hash ^= b & 0xFF;
                hash *= 0x100000001b3L;
            }
            assertThat(Edge.derivedId(1, -2, " " + label + "\n")).isEqualTo(hash);
            assertThat(Edge.of(1, -2, label).id()).isEqualTo(hash);
        }
    }

    @Test
    void labelsAreTrimmedAndNeverBlank() {
        assertThat(Edge.of(1, 2, 3, "\u3000 a b\u00A0\t").label()).isEqualTo("a b");
        for (String blank : new String[] {"", " ", "\u2003\u2028\r\n"}) {
            assertThatThrownBy(() -> Edge.of(1, 2, 3, blank))
                    .isInstanceOf(VelesException.class)
                    .hasMessageStartingWith("[VELES-021] label '");
        }
        assertThatThrownBy(() -> Edge.of(1, 2, 3, "\uD800")).hasMessageStartingWith("[VELES-017]");
    }
}
