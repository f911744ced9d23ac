package io.velesdb.value;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.VersionInfo;

/**
 * Prints the rows of {@link WordCharacterTable}, from the categories and scripts that ICU carries. Run its {@code main} from
 * the test class path after raising the version of icu4j; {@link WordCharactersTest} compares the table with ICU.
 */
final class WordCharacterGenerator {
    private static final int LONG_VOWEL = 0x30fc;

    private WordCharacterGenerator() {}

    public static void main(String[] args) {
        if (UCharacter.getUnicodeVersion() != VersionInfo.UNICODE_16_0) {
            throw new IllegalStateException("the table is for 16.0, ICU has " + UCharacter.getUnicodeVersion());
        }
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (int first = 0, last; first <= Character.MAX_CODE_POINT; first = last + 1) {
            last = first;
            while (last < Character.MAX_CODE_POINT && classOf(last + 1) == classOf(first)) {
                last++;
            }
            if (classOf(first) != WordCharacters.NONE) {
                text.append(column == 0 ? "        " : " ")
                        .append("0x%x, 0x%x, %d,".formatted(first, last, classOf(first)));
                column = (column + 1) % 6;
                text.append(column == 0 ? "\n" : "");
            }
        }
        System.out.println(text);
    }

    /** What {@link WordCharacters#classOf} should say. */
    static int classOf(int point) {
        boolean word = switch (UCharacter.getType(point)) {
            case UCharacterCategory.UPPERCASE_LETTER,
                    UCharacterCategory.LOWERCASE_LETTER,
                    UCharacterCategory.TITLECASE_LETTER,
                    UCharacterCategory.MODIFIER_LETTER,
                    UCharacterCategory.OTHER_LETTER,
                    UCharacterCategory.NON_SPACING_MARK,
                    UCharacterCategory.ENCLOSING_MARK,
                    UCharacterCategory.COMBINING_SPACING_MARK,
                    UCharacterCategory.DECIMAL_DIGIT_NUMBER,
                    UCharacterCategory.LETTER_NUMBER,
                    UCharacterCategory.OTHER_NUMBER -> true;
            default -> false;
        };
        if (!word) {
            return WordCharacters.NONE;
        }
        return switch (UScript.getScript(point)) {
            case UScript.HAN, UScript.HIRAGANA, UScript.KATAKANA, UScript.HANGUL -> WordCharacters.UNSPACED;
            default -> point == LONG_VOWEL ? WordCharacters.UNSPACED : WordCharacters.WORD;
        };
    }
}
