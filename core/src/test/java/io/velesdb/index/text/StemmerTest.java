package io.velesdb.index.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.velesdb.TextLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;

/** Our stemmers against Snowball's own, on words made up from the letters and endings of each language. */
final class StemmerTest {
    private static final String ENGLISH_ENDINGS =
            "s es ed ing ly ies ied eed eedly ingly edly y sses us ss ational ation ator alism aliti alli fulness"
                    + " ousli ousness iveness iviti biliti bli logi fulli lessli li izer ization tional enci anci abli entli"
                    + " alize icate iciti ical ful ness ative al ance ence er ic able ible ant ement ment ent ism ate iti ous"
                    + " ive ize sion tion e l ll at bl iz tt pp bb";

    private static final String FRENCH_ENDINGS =
            "ance iques isme able iste eux ances atrice ateur ation logie usion ution ence ement ements ité ités if ive"
                    + " ifs eaux aux euse euses issement amment emment ment ments îmes ît i ie ies ir ira irai iraient irais"
                    + " irait irent irez is issait issant isse issent issons it ions é ée ées és èrent er era erai eraient"
                    + " erez ez iez âmes ât âtes a ai aient ais ait ant ante antes as asse assent ion ier ière e enn onn ett"
                    + " ell eill s es y ç ique iquement ablement ivement eusement ièrement abilité icité ivité ativement";

    private static final String GERMAN_ENDINGS =
            "em ern er e en es s niss nisse est st end ung ig ik isch lich heit keit"
                    + " igkeit lichkeit igung erheit enheit ungen lichen eige ß ä ö ü";

    private static final String SPANISH_ENDINGS =
            "anza anzas ico ica ismo able ible ista oso amiento imiento adora ador ación aciones ante ancia logía logías"
                    + " ución uciones encia encias amente mente idad idades iva ivo me se sela selo la le lo nos ándolo"
                    + " iéndose arla erle irnos yendo ya ye yan yeron yo yó en es éis emos arían aría aré ería iré aba ada"
                    + " ida ía ara iera ad ed id ase iese aste iste an aban ían aran ieran aron ado ido ando iendo ió ar er ir"
                    + " as abas ías ís áis amos ábamos íamos imos os a o á í ó e é gue gué guen ivamente osamente icamente"
                    + " adamente abilidad icidad ividad ativo antemente ablemente";

    private static SnowballStemmer oracle(TextLanguage language) {
        return switch (language) {
            case ENGLISH -> new EnglishStemmer();
            case FRENCH -> new FrenchStemmer();
            case GERMAN -> new GermanStemmer();
            case SPANISH -> new SpanishStemmer();
        };
    }

    private static String endings(TextLanguage language) {
        return switch (language) {
            case ENGLISH -> ENGLISH_ENDINGS;
            case FRENCH -> FRENCH_ENDINGS;
            case GERMAN -> GERMAN_ENDINGS;
            case SPANISH -> SPANISH_ENDINGS;
        };
    }

    private static String letters(TextLanguage language) {
        return switch (language) {
            case ENGLISH -> "abcdefghiklmnoprstuvwxyz";
            case FRENCH -> "abcdefghiklmnopqrstuvxyzàâçéèêëîïôùûq";
            case GERMAN -> "abcdefghiklmnoprstuvwyzäöüß";
            case SPANISH -> "abcdefghiklmnopqrstuvyzáéíóúüñ";
        };
    }

    private static List<String> words(TextLanguage language) {
        Random random = new Random(7);
        String[] endings = endings(language).split(" ");
        String letters = letters(language);
        List<String> words = new ArrayList<>(StopWords.of(language));
        words.addAll(List.of(
                "generously", "communism", "arsenal", "skies", "news", "succeed", "innings", "colère", "partie"));
        for (int i = 0; i < 150_000; i++) {
            StringBuilder word = new StringBuilder();
            for (int n = random.nextInt(7); n >= 0; n--) {
                boolean vowel = random.nextInt(5) < 2;
                word.append(
                        vowel ? "aeiouy".charAt(random.nextInt(6)) : letters.charAt(random.nextInt(letters.length())));
            }
            for (int n = random.nextInt(3); n > 0; n--) {
                word.append(endings[random.nextInt(endings.length)]);
            }
            if (word.length() > 1) {
                words.add(word.toString());
            }
        }
        return words;
    }

    @ParameterizedTest
    @EnumSource(TextLanguage.class)
    void stemsAreThoseOfSnowball(TextLanguage language) {
        SnowballStemmer oracle = oracle(language);
        Stemmer stemmer = Stemmer.of(language);
        List<String> differences = new ArrayList<>();
        for (String word : words(language)) {
            oracle.setCurrent(word);
            oracle.stem();
            StringBuilder stem = new StringBuilder(word);
            stemmer.stem(stem);
            if (!stem.toString().equals(oracle.getCurrent())) {
                differences.add(word + ": " + stem + " instead of " + oracle.getCurrent());
            }
        }
        assertThat(differences.size() + " differ: " + differences.subList(0, Math.min(40, differences.size())))
                .isEqualTo("0 differ: []");
    }
}
