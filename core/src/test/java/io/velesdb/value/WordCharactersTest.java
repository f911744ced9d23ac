package io.velesdb.value;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.util.VersionInfo;
import org.junit.jupiter.api.Test;

final class WordCharactersTest {
    @Test
    void everyCodePointIsWhatUnicodeSays() {
        assertThat(UCharacter.getUnicodeVersion()).isEqualTo(VersionInfo.UNICODE_16_0);
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (WordCharacters.classOf(point) != WordCharacterGenerator.classOf(point)) {
                throw new AssertionError("U+" + Integer.toHexString(point));
            }
        }
    }

    @Test
    void everyCodePointIsWhatTheJdkSaysWhichHasTheSameVersion() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            boolean word = switch (Character.getType(point)) {
                case Character.UPPERCASE_LETTER,
                        Character.LOWERCASE_LETTER,
                        Character.TITLECASE_LETTER,
                        Character.MODIFIER_LETTER,
                        Character.OTHER_LETTER,
                        Character.NON_SPACING_MARK,
                        Character.ENCLOSING_MARK,
                        Character.COMBINING_SPACING_MARK,
                        Character.DECIMAL_DIGIT_NUMBER,
                        Character.LETTER_NUMBER,
                        Character.OTHER_NUMBER -> true;
                default -> false;
            };
            if (word != (WordCharacters.classOf(point) != WordCharacters.NONE)) {
                throw new AssertionError("U+" + Integer.toHexString(point));
            }
        }
    }
}
