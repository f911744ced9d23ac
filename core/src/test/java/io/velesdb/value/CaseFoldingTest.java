package io.velesdb.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.util.VersionInfo;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class CaseFoldingTest {
    @Test
    void everyCodePointFoldsAsUnicodeSays() {
        assertThat(UCharacter.getUnicodeVersion()).isEqualTo(VersionInfo.UNICODE_16_0);
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (CaseFolding.fold(point) != UCharacter.foldCase(point, true)) {
                throw new AssertionError("U+" + Integer.toHexString(point));
            }
        }
    }

    @Test
    void everyMappingIsOneThatTheJdkKnows() {
        // JDK 25 has the same Unicode version, but no folding of its own to ask: its regular expressions must see the
        // two
        // as equal. They cannot where the two share no more than an upper case of several characters.
        List<Integer> unknown = List.of(0x1fd3, 0x1fe3, 0xfb05);
        for (int point = 0x80; point <= Character.MAX_CODE_POINT; point++) {
            int folded = CaseFolding.fold(point);
            if (folded != point && !unknown.contains(point)) {
                Pattern pattern = Pattern.compile(
                        Character.toString(point), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.LITERAL);
                assertThat(pattern.matcher(Character.toString(folded)).matches())
                        .as("U+%x", point)
                        .isTrue();
            }
        }
    }

    @Test
    void foldingIsSimpleNotFullAndNotTurkic() {
        assertThat(CaseFolding.fold("MASSE \u1e9e \u0130 \u03a3\u03c2 \u212a \ud801\udc00"))
                .isEqualTo("masse \u00df \u0130 \u03c3\u03c3 k \ud801\udc28");
    }
}
