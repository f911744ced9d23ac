package io.velesdb.index.text;

/** The French stemmer of Snowball. Vowels that count as consonants are written in capitals for the time being. */
final class FrenchStemmer extends SuffixStemmer {
    private static final String[] STANDARD = {
        "ance",
        "iqUe",
        "isme",
        "able",
        "iste",
        "eux",
        "ances",
        "iqUes",
        "ismes",
        "ables",
        "istes",
        "atrice",
        "ateur",
        "ation",
        "atrices",
        "ateurs",
        "ations",
        "logie",
        "logies",
        "usion",
        "ution",
        "usions",
        "utions",
        "ence",
        "ences",
        "ement",
        "ements",
        "ité",
        "ités",
        "if",
        "ive",
        "ifs",
        "ives",
        "eaux",
        "aux",
        "euse",
        "euses",
        "issement",
        "issements",
        "amment",
        "emment",
        "ment",
        "ments"
    };

    private static final String[] I_VERB = {
        "îmes",
        "ît",
        "îtes",
        "i",
        "ie",
        "ies",
        "ir",
        "ira",
        "irai",
        "iraIent",
        "irais",
        "irait",
        "iras",
        "irent",
        "irez",
        "iriez",
        "irions",
        "irons",
        "iront",
        "is",
        "issaIent",
        "issais",
        "issait",
        "issant",
        "issante",
        "issantes",
        "issants",
        "isse",
        "issent",
        "isses",
        "issez",
        "issiez",
        "issions",
        "issons",
        "it"
    };

    private static final String[] VERB = {
        "ions", "é", "ée", "ées", "és", "èrent", "er", "era", "erai", "eraIent", "erais", "erait", "eras", "erez",
                "eriez",
        "erions", "erons", "eront", "ez", "iez", "âmes", "ât", "âtes", "a", "ai", "aIent", "ais", "ait", "ant", "ante",
        "antes", "ants", "as", "asse", "assent", "asses", "assiez", "assions"
    };

    /** The region behind the first vowel that is not the first letter, or so. */
    private int rv;

    FrenchStemmer() {
        super("aeiouyâàëéêèïîôûù");
    }

    @Override
    public void stem(StringBuilder text) {
        word = text;
        markConsonants();
        markRegions();
        if (standard() || iVerb() || verb()) {
            if (ends("Y")) {
                replace("Y", "i");
            } else if (ends("ç")) {
                replace("ç", "c");
            }
        } else {
            residual();
        }
        undouble();
        removeAccent();
        restore();
    }

    private void markConsonants() {
        for (int i = 0; i < word.length(); i++) {
            while (isVowel(i) && markAfterVowel(i + 1)) {}
            char c = word.charAt(i);
            boolean hasNext = i + 1 < word.length();
            if (c == 'ë' || c == 'ï') {
                word.setCharAt(i, c == 'ë' ? 'e' : 'i');
                word.insert(i, 'H');
            } else if (c == 'y' && hasNext && isVowel(i + 1)) {
                word.setCharAt(i, 'Y');
            } else if (c == 'q' && hasNext && word.charAt(i + 1) == 'u') {
                word.setCharAt(i + 1, 'U');
            }
        }
    }

    private boolean markAfterVowel(int at) {
        if (at >= word.length()) {
            return false;
        }
        char c = word.charAt(at);
        boolean marked = c == 'y' || (c == 'u' || c == 'i') && at + 1 < word.length() && isVowel(at + 1);
        if (marked) {
            word.setCharAt(at, c == 'y' ? 'Y' : c == 'u' ? 'U' : 'I');
        }
        return marked;
    }

    @Override
    void markRegions() {
        super.markRegions();
        int n = word.length();
        boolean twoVowels = n >= 3 && isVowel(0) && isVowel(1);
        boolean exception =
                n >= 3 && (word.indexOf("par") == 0 || word.indexOf("col") == 0 || word.indexOf("tap") == 0);
        rv = twoVowels || exception ? 3 : afterVowel(Math.min(1, n));
    }

    private boolean standard() {
        String suffix = longest(0, STANDARD);
        switch (suffix) {
            case "" -> {
                return false;
            }
            case "atrice", "ateur", "ation", "atrices", "ateurs", "ations" -> {
                if (!deleteIn(r2, suffix)) {
                    return false;
                }
                icBecomesIqu();
            }
            case "logie", "logies" -> {
                return replaceIn(r2, suffix, "log");
            }
            case "usion", "ution", "usions", "utions" -> {
                return replaceIn(r2, suffix, "u");
            }
            case "ence", "ences" -> {
                return replaceIn(r2, suffix, "ent");
            }
            case "ement", "ements" -> {
                if (!deleteIn(rv, suffix)) {
                    return false;
                }
                afterEment();
            }
            case "ité", "ités" -> {
                if (!deleteIn(r2, suffix)) {
                    return false;
                }
                afterIte();
            }
            case "if", "ive", "ifs", "ives" -> {
                if (!deleteIn(r2, suffix)) {
                    return false;
                }
                if (deleteIn(r2, "at")) {
                    icBecomesIqu();
                }
            }
            case "eaux" -> replace(suffix, "eau");
            case "aux" -> {
                return replaceIn(r1, suffix, "al");
            }
            case "euse", "euses" -> {
                return deleteIn(r2, suffix) || replaceIn(r1, suffix, "eux");
            }
            case "issement", "issements" -> {
                int start = word.length() - suffix.length();
                if (start < r1 || start == 0 || isVowel(start - 1)) {
                    return false;
                }
                delete(suffix);
            }
            case "amment" -> {
                replaceIn(rv, suffix, "ant");
                return false;
            }
            case "emment" -> {
                replaceIn(rv, suffix, "ent");
                return false;
            }
            case "ment", "ments" -> {
                int start = word.length() - suffix.length();
                if (start - 1 >= rv && isVowel(start - 1)) {
                    delete(suffix);
                }
                return false;
            }
            default -> {
                return deleteIn(r2, suffix);
            }
        }
        return true;
    }

    private boolean replaceIn(int region, String suffix, String by) {
        if (in(region, suffix)) {
            replace(suffix, by);
            return true;
        }
        return false;
    }

    private void icBecomesIqu() {
        if (ends("ic") && !deleteIn(r2, "ic")) {
            replace("ic", "iqU");
        }
    }

    private void afterEment() {
        String before = longest(0, "iv", "eus", "abl", "iqU", "ièr", "Ièr");
        switch (before) {
            case "iv" -> {
                if (deleteIn(r2, before)) {
                    deleteIn(r2, "at");
                }
            }
            case "eus" -> {
                if (!deleteIn(r2, before)) {
                    replaceIn(r1, before, "eux");
                }
            }
            case "abl", "iqU" -> deleteIn(r2, before);
            case "ièr", "Ièr" -> replaceIn(rv, before, "i");
            default -> {}
        }
    }

    private void afterIte() {
        String before = longest(0, "abil", "ic", "iv");
        switch (before) {
            case "abil" -> {
                if (!deleteIn(r2, before)) {
                    replace(before, "abl");
                }
            }
            case "ic" -> icBecomesIqu();
            case "iv" -> deleteIn(r2, before);
            default -> {}
        }
    }

    private boolean iVerb() {
        String suffix = longest(rv, I_VERB);
        int start = word.length() - suffix.length();
        // within the region, so that the letter before must be in it too
        if (suffix.isEmpty() || start <= rv || isVowel(start - 1) || word.charAt(start - 1) == 'H') {
            return false;
        }
        delete(suffix);
        return true;
    }

    private boolean verb() {
        String suffix = longest(rv, VERB);
        switch (suffix) {
            case "" -> {
                return false;
            }
            case "ions" -> {
                return deleteIn(r2, suffix);
            }
            case "âmes",
                    "ât",
                    "âtes",
                    "a",
                    "ai",
                    "aIent",
                    "ais",
                    "ait",
                    "ant",
                    "ante",
                    "antes",
                    "ants",
                    "as",
                    "asse",
                    "assent",
                    "asses",
                    "assiez",
                    "assions" -> {
                delete(suffix);
                deleteIn(rv, "e");
            }
            default -> delete(suffix);
        }
        return true;
    }

    private void residual() {
        int n = word.length();
        if (n >= 2 && ends("s") && (ends("His") || "aiouès".indexOf(word.charAt(n - 2)) < 0)) {
            delete("s");
        }
        String suffix = longest(rv, "ion", "ier", "ière", "Ier", "Ière", "e");
        int start = word.length() - suffix.length();
        switch (suffix) {
            case "ion" -> {
                boolean afterSOrT = start > rv && (word.charAt(start - 1) == 's' || word.charAt(start - 1) == 't');
                if (start >= r2 && afterSOrT) {
                    delete(suffix);
                }
            }
            case "ier", "ière", "Ier", "Ière" -> replace(suffix, "i");
            case "e" -> delete(suffix);
            default -> {}
        }
    }

    private void undouble() {
        if (ends("enn") || ends("onn") || ends("ett") || ends("ell") || ends("eill")) {
            word.setLength(word.length() - 1);
        }
    }

    /** An é or è before the last consonants becomes e. */
    private void removeAccent() {
        int at = word.length() - 1;
        while (at >= 0 && !isVowel(at)) {
            at--;
        }
        if (at >= 0 && at < word.length() - 1 && (word.charAt(at) == 'é' || word.charAt(at) == 'è')) {
            word.setCharAt(at, 'e');
        }
    }

    private void restore() {
        for (int i = 0; i < word.length(); i++) {
            switch (word.charAt(i)) {
                case 'I' -> word.setCharAt(i, 'i');
                case 'U' -> word.setCharAt(i, 'u');
                case 'Y' -> word.setCharAt(i, 'y');
                case 'H' -> {
                    word.deleteCharAt(i);
                    if (i < word.length() && word.charAt(i) == 'e') {
                        word.setCharAt(i, 'ë');
                    } else if (i < word.length() && word.charAt(i) == 'i') {
                        word.setCharAt(i, 'ï');
                    } else {
                        i--;
                    }
                }
                default -> {}
            }
        }
    }
}
