package io.velesdb.index.text;

import java.util.Map;
import java.util.Set;

/** The English stemmer of Snowball, also known as Porter 2 (Porter, 2001). */
final class EnglishStemmer extends SuffixStemmer {
    private static final Map<String, String> EXCEPTIONS = Map.ofEntries(
            Map.entry("skis", "ski"),
            Map.entry("skies", "sky"),
            Map.entry("dying", "die"),
            Map.entry("lying", "lie"),
            Map.entry("tying", "tie"),
            Map.entry("idly", "idl"),
            Map.entry("gently", "gentl"),
            Map.entry("ugly", "ugli"),
            Map.entry("early", "earli"),
            Map.entry("only", "onli"),
            Map.entry("singly", "singl"),
            Map.entry("sky", "sky"),
            Map.entry("news", "news"),
            Map.entry("howe", "howe"),
            Map.entry("atlas", "atlas"),
            Map.entry("cosmos", "cosmos"),
            Map.entry("bias", "bias"),
            Map.entry("andes", "andes"));

    /** Left alone once a plural is taken off. */
    private static final Set<String> INVARIANT =
            Set.of("inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed");

    private static final String[][] STEP_2 = {
        {"tional", "tion"},
        {"enci", "ence"},
        {"anci", "ance"},
        {"abli", "able"},
        {"entli", "ent"},
        {"izer", "ize"},
        {"ization", "ize"},
        {"ational", "ate"},
        {"ation", "ate"},
        {"ator", "ate"},
        {"alism", "al"},
        {"aliti", "al"},
        {"alli", "al"},
        {"fulness", "ful"},
        {"ousli", "ous"},
        {"ousness", "ous"},
        {"iveness", "ive"},
        {"iviti", "ive"},
        {"biliti", "ble"},
        {"bli", "ble"},
        {"ogi", "og"},
        {"fulli", "ful"},
        {"lessli", "less"},
        {"li", ""}
    };

    private static final String[][] STEP_3 = {
        {"tional", "tion"},
        {"ational", "ate"},
        {"alize", "al"},
        {"icate", "ic"},
        {"iciti", "ic"},
        {"ical", "ic"},
        {"ful", ""},
        {"ness", ""},
        {"ative", ""}
    };

    private static final String[] STEP_4 = {
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism", "ate", "iti", "ous",
        "ive", "ize", "ion"
    };

    EnglishStemmer() {
        super("aeiouy");
    }

    @Override
    public void stem(StringBuilder text) {
        word = text;
        String exception = EXCEPTIONS.get(text.toString());
        if (exception != null) {
            text.setLength(0);
            text.append(exception);
            return;
        }
        if (text.length() < 3) {
            return;
        }
        boolean marked = markConsonantY();
        markRegions();
        step1a();
        if (!INVARIANT.contains(word.toString())) {
            step1b();
            step1c();
            step2();
            step3();
            step4();
            step5();
        }
        for (int i = 0; marked && i < word.length(); i++) {
            if (word.charAt(i) == 'Y') {
                word.setCharAt(i, 'y');
            }
        }
    }

    /** A y at the beginning or after a vowel is a consonant, and written Y for the time being. */
    private boolean markConsonantY() {
        boolean marked = false;
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) == 'y' && (i == 0 || isVowel(i - 1))) {
                word.setCharAt(i, 'Y');
                marked = true;
            }
        }
        return marked;
    }

    @Override
    void markRegions() {
        r1 = regionAfter(0);
        for (String prefix : new String[] {"gener", "commun", "arsen"}) {
            if (word.length() >= prefix.length()
                    && word.substring(0, prefix.length()).equals(prefix)) {
                r1 = prefix.length();
            }
        }
        r2 = regionAfter(r1);
    }

    /** Whether a short syllable ends at a position. */
    private boolean shortSyllableEnds(int end) {
        if (end == 2) {
            return isVowel(0) && !isVowel(1);
        }
        if (end < 3) {
            return false;
        }
        char last = word.charAt(end - 1);
        return !isVowel(end - 1) && last != 'w' && last != 'x' && last != 'Y' && isVowel(end - 2) && !isVowel(end - 3);
    }

    private boolean hasVowelBefore(int end) {
        for (int i = 0; i < end; i++) {
            if (isVowel(i)) {
                return true;
            }
        }
        return false;
    }

    private void step1a() {
        String suffix = longest(0, "sses", "ied", "ies", "s", "us", "ss");
        switch (suffix) {
            case "sses" -> replace(suffix, "ss");
            case "ied", "ies" -> replace(suffix, word.length() > 4 ? "i" : "ie");
            case "s" -> {
                if (hasVowelBefore(word.length() - 2)) {
                    delete(suffix);
                }
            }
            default -> {}
        }
    }

    private void step1b() {
        String suffix = longest(0, "eed", "eedly", "ed", "edly", "ing", "ingly");
        switch (suffix) {
            case "" -> {}
            case "eed", "eedly" -> {
                if (in(r1, suffix)) {
                    replace(suffix, "ee");
                }
            }
            default -> {
                if (hasVowelBefore(word.length() - suffix.length())) {
                    delete(suffix);
                    mend();
                }
            }
        }
    }

    private void mend() {
        if (ends("at") || ends("bl") || ends("iz")) {
            word.append('e');
            return;
        }
        int n = word.length();
        if (n >= 2 && word.charAt(n - 1) == word.charAt(n - 2) && "bdfgmnprt".indexOf(word.charAt(n - 1)) >= 0) {
            // add, ebb, odd keep their double letters
            if (n != 3 || "aeo".indexOf(word.charAt(0)) < 0) {
                word.setLength(n - 1);
            }
        } else if (r1 == n && shortSyllableEnds(n)) {
            word.append('e');
        }
    }

    private void step1c() {
        int n = word.length();
        if (n > 2 && (word.charAt(n - 1) == 'y' || word.charAt(n - 1) == 'Y') && !isVowel(n - 2)) {
            word.setCharAt(n - 1, 'i');
        }
    }

    private static String[] row(String[][] rows, String suffix) {
        for (String[] row : rows) {
            if (row[0].equals(suffix)) {
                return row;
            }
        }
        return rows[0];
    }

    private String longest(String[][] rows) {
        String found = "";
        for (String[] row : rows) {
            if (row[0].length() > found.length() && ends(row[0])) {
                found = row[0];
            }
        }
        return found;
    }

    private void step2() {
        String suffix = longest(STEP_2);
        if (suffix.isEmpty() || !in(r1, suffix)) {
            return;
        }
        int start = word.length() - suffix.length();
        if (suffix.equals("ogi") && (start == 0 || word.charAt(start - 1) != 'l')
                || suffix.equals("li") && (start == 0 || "cdeghkmnrt".indexOf(word.charAt(start - 1)) < 0)) {
            return;
        }
        replace(suffix, row(STEP_2, suffix)[1]);
    }

    private void step3() {
        String suffix = longest(STEP_3);
        if (!suffix.isEmpty() && in(suffix.equals("ative") ? r2 : r1, suffix)) {
            replace(suffix, row(STEP_3, suffix)[1]);
        }
    }

    private void step4() {
        String suffix = longest(0, STEP_4);
        if (suffix.isEmpty() || !in(r2, suffix)) {
            return;
        }
        int start = word.length() - suffix.length();
        if (!suffix.equals("ion") || start > 0 && (word.charAt(start - 1) == 's' || word.charAt(start - 1) == 't')) {
            delete(suffix);
        }
    }

    private void step5() {
        int last = word.length() - 1;
        if (ends("e")) {
            if (last >= r2 || last >= r1 && !shortSyllableEnds(last)) {
                word.setLength(last);
            }
        } else if (ends("ll") && last >= r2) {
            word.setLength(last);
        }
    }
}
