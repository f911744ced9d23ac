package io.velesdb.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.value.CaseFolding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LikePatternTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "``, ``, true",
                "``, a, false",
                "%, ``, true",
                "%, abc, true",
                "_, a, true",
                "_, ``, false",
                "_, ab, false",
                "_, 😀, true",
                "__, 😀, false",
                "a%, abc, true",
                "%c, abc, true",
                "a%c, ac, true",
                "a%c, abd, false",
                "%b%, abc, true",
                "a_c, abc, true",
                "a_c, ac, false",
                "a%a, a, false",
                "%aa%aa%, aaa, false",
                "%ab%ba%, aba, false",
                "%a_c%, xxabcxx, true",
                "%a_c, abxaxc, true",
                "ABC, abc, false",
                "100\\%, 100%, true",
                "100\\%, 1000, false",
                "a\\_b, a_b, true",
                "a\\_b, axb, false",
                "a\\\\, a\\, true",
                "a\\, a\\, true",
                "\\, \\, true",
                "\\a\\b, ab, true",
                "%%%, ``, true",
                "%\\, x\\, true",
            })
    void theWholeTextMustFit(String pattern, String text, boolean fits) {
        assertThat(LikePattern.of(pattern).matches(text)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "STRASSE, strasse, true", "straße, STRASSE, false", "stra\u1e9ee, STRAßE, true", "ΣΊΣΥΦΟΣ, σίσυφος, true",
        "%\u212a, xk, true", "\u0130, i, false", "_É%, xé, true", "\\%É, %é, true",
    })
    void withoutCaseBothSidesAreFolded(String pattern, String text, boolean fits) {
        assertThat(LikePattern.ignoringCase(pattern).matches(text)).isEqualTo(fits);
    }

    @Test
    void randomPatternsAgreeWithTheTextbookTable() {
        long seed = 77;
        Random random = new Random(seed);
        String[] alphabet = {"a", "b", "A", "é", "😀", "%", "_", "\\", "aa", "ab", "%_", "\\%"};
        for (int i = 0; i < 60_000; i++) {
            String pattern = random(random, alphabet, 12, random.nextInt(3) == 0 ? 5 : 12);
            String text = random(random, alphabet, 14, 5 + random.nextInt(3));
            boolean fold = random.nextBoolean();
            LikePattern compiled = fold ? LikePattern.ignoringCase(pattern) : LikePattern.of(pattern);
            assertThat(compiled.matches(text))
                    .as("seed %d: '%s' like '%s' fold %s", seed, text, pattern, fold)
                    .isEqualTo(table(fold ? CaseFolding.fold(text) : text, fold ? CaseFolding.fold(pattern) : pattern));
        }
    }

    @Test
    void longSegmentsWithWildcardsAreFoundBeyondOneWord() {
        String segment = "x_".repeat(100);
        String body = "xy".repeat(100);
        assertThat(LikePattern.of("%" + segment + "%").matches("xx" + body + "zz"))
                .isTrue();
        assertThat(LikePattern.of("%" + segment + "z%").matches("xx" + body + "yz"))
                .isFalse();
        assertThat(LikePattern.of("%" + segment + "%" + segment + "%").matches(body + body))
                .isTrue();
        assertThat(LikePattern.of("%" + segment + "%" + segment + "%").matches(body + body.substring(1)))
                .isFalse();
    }

    @Test
    void patternsMadeToBacktrackStayLinear() {
        // A matcher that backtracks needs about 10^10 steps for each of these.
        String text = "a".repeat(200_000);
        String half = "a".repeat(50_000);
        assertThat(LikePattern.of("%" + half + "b%").matches(text)).isFalse();
        assertThat(LikePattern.of("%" + half + "b%" + half + "%").matches(text)).isFalse();
        assertThat(LikePattern.of("%a".repeat(50_000) + "%b").matches(text)).isFalse();
        assertThat(LikePattern.of("%a_b%" + "%".repeat(50_000)).matches(text)).isFalse();
    }

    private static String random(Random random, String[] alphabet, int length, int letters) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(length); i > 0; i--) {
            text.append(alphabet[random.nextInt(letters)]);
        }
        return text.toString();
    }

    /** Dynamic programming over all prefixes of both. */
    private static boolean table(String text, String pattern) {
        int[] t = text.codePoints().toArray();
        List<int[]> tokens = new ArrayList<>();
        int[] p = pattern.codePoints().toArray();
        for (int i = 0; i < p.length; i++) {
            if (p[i] == '\\' && i + 1 < p.length) {
                tokens.add(new int[] {'c', p[++i]});
            } else {
                tokens.add(new int[] {p[i] == '%' ? '%' : p[i] == '_' ? '_' : 'c', p[i]});
            }
        }
        boolean[][] fits = new boolean[tokens.size() + 1][t.length + 1];
        fits[0][0] = true;
        for (int i = 1; i <= tokens.size(); i++) {
            int[] token = tokens.get(i - 1);
            for (int j = 0; j <= t.length; j++) {
                fits[i][j] = switch (token[0]) {
                    case '%' -> fits[i - 1][j] || j > 0 && fits[i][j - 1];
                    case '_' -> j > 0 && fits[i - 1][j - 1];
                    default -> j > 0 && fits[i - 1][j - 1] && t[j - 1] == token[1];
                };
            }
        }
        return fits[tokens.size()][t.length];
    }
}
