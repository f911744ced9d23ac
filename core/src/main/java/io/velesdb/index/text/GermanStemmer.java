package io.velesdb.index.text;

/** The German stemmer of Snowball. Vowels that count as consonants are written in capitals for the time being. */
final class GermanStemmer extends SuffixStemmer {
    private static final String S_ENDINGS = "bdfghklmnrt";

    GermanStemmer() {
        super("aeiouyäöü");
    }

    @Override
    public void stem(StringBuilder text) {
        word = text;
        prepare();
        markRegions();
        step1();
        step2();
        step3();
        finish();
    }

    private void prepare() {
        for (int i = 1; i + 1 < word.length(); i++) {
            char c = word.charAt(i);
            if ((c == 'u' || c == 'y') && isVowel(i - 1) && isVowel(i + 1)) {
                word.setCharAt(i, c == 'u' ? 'U' : 'Y');
            }
        }
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            char next = i + 1 < word.length() ? word.charAt(i + 1) : ' ';
            int umlaut = "aou".indexOf(c);
            if (c == 'ß') {
                word.setCharAt(i, 's');
                word.insert(i++, 's');
            } else if (c == 'q' && next == 'u') {
                i++;
            } else if (umlaut >= 0 && next == 'e') {
                word.setCharAt(i, "äöü".charAt(umlaut));
                word.deleteCharAt(i + 1);
            }
        }
    }

    @Override
    void markRegions() {
        if (word.length() < 3) {
            r1 = word.length();
            r2 = word.length();
            return;
        }
        int behind = regionAfter(0);
        r1 = Math.max(3, behind);
        r2 = regionAfter(behind);
    }

    private void step1() {
        String suffix = longest(0, "em", "ern", "er", "e", "en", "es", "s");
        if (suffix.isEmpty() || !in(r1, suffix)) {
            return;
        }
        int start = word.length() - suffix.length();
        switch (suffix) {
            case "e", "en", "es" -> {
                delete(suffix);
                if (ends("niss")) {
                    delete("s");
                }
            }
            case "s" -> {
                if (start > 0 && S_ENDINGS.indexOf(word.charAt(start - 1)) >= 0) {
                    delete(suffix);
                }
            }
            case "em" -> {
                if (!endsBefore(start, "syst")) {
                    delete(suffix);
                }
            }
            default -> delete(suffix);
        }
    }

    private void step2() {
        String suffix = longest(0, "en", "er", "est", "st");
        if (suffix.isEmpty() || !in(r1, suffix)) {
            return;
        }
        if (suffix.equals("st")) {
            int start = word.length() - 2;
            boolean valid =
                    start >= 4 && S_ENDINGS.indexOf(word.charAt(start - 1)) >= 0 && word.charAt(start - 1) != 'r';
            if (!valid) {
                return;
            }
        }
        delete(suffix);
    }

    private void step3() {
        String suffix = longest(0, "end", "ung", "ig", "ik", "isch", "lich", "heit", "keit");
        if (suffix.isEmpty() || !in(r2, suffix)) {
            return;
        }
        switch (suffix) {
            case "end", "ung" -> {
                delete(suffix);
                if (ends("ig") && !ends("eig")) {
                    deleteIn(r2, "ig");
                }
            }
            case "ig", "ik", "isch" -> {
                if (!endsBefore(word.length() - suffix.length(), "e")) {
                    delete(suffix);
                }
            }
            case "lich", "heit" -> {
                delete(suffix);
                if (!deleteIn(r1, "er")) {
                    deleteIn(r1, "en");
                }
            }
            default -> {
                delete(suffix);
                if (!deleteIn(r2, "lich")) {
                    deleteIn(r2, "ig");
                }
            }
        }
    }

    private void finish() {
        for (int i = 0; i < word.length(); i++) {
            switch (word.charAt(i)) {
                case 'U', 'ü' -> word.setCharAt(i, 'u');
                case 'Y' -> word.setCharAt(i, 'y');
                case 'ä' -> word.setCharAt(i, 'a');
                case 'ö' -> word.setCharAt(i, 'o');
                default -> {}
            }
        }
    }
}
