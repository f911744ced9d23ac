package io.velesdb.index.text;

/** The Spanish stemmer of Snowball. */
final class SpanishStemmer extends SuffixStemmer {
    private static final String[] PRONOUNS = {
        "me", "se", "sela", "selo", "selas", "selos", "la", "le", "lo", "las", "les", "los", "nos"
    };

    private static final String[] STANDARD = {
        "anza",
        "anzas",
        "ico",
        "ica",
        "icos",
        "icas",
        "ismo",
        "ismos",
        "able",
        "ables",
        "ible",
        "ibles",
        "ista",
        "istas",
        "oso",
        "osa",
        "osos",
        "osas",
        "amiento",
        "amientos",
        "imiento",
        "imientos",
        "adora",
        "ador",
        "ación",
        "adoras",
        "adores",
        "aciones",
        "ante",
        "antes",
        "ancia",
        "ancias",
        "logía",
        "logías",
        "ución",
        "uciones",
        "encia",
        "encias",
        "amente",
        "mente",
        "idad",
        "idades",
        "iva",
        "ivo",
        "ivas",
        "ivos"
    };

    private static final String[] Y_VERB = {
        "ya", "ye", "yan", "yen", "yeron", "yendo", "yo", "yó", "yas", "yes", "yais", "yamos"
    };

    private static final String[] VERB = {
        "en", "es", "éis", "emos", "arían", "arías", "arán", "arás", "aríais", "aría", "aréis", "aríamos", "aremos",
        "ará", "aré", "erían", "erías", "erán", "erás", "eríais", "ería", "eréis", "eríamos", "eremos", "erá", "eré",
        "irían", "irías", "irán", "irás", "iríais", "iría", "iréis", "iríamos", "iremos", "irá", "iré", "aba", "ada",
        "ida", "ía", "ara", "iera", "ad", "ed", "id", "ase", "iese", "aste", "iste", "an", "aban", "ían", "aran",
        "ieran", "asen", "iesen", "aron", "ieron", "ado", "ido", "ando", "iendo", "ió", "ar", "er", "ir", "as", "abas",
        "adas", "idas", "ías", "aras", "ieras", "ases", "ieses", "ís", "áis", "abais", "íais", "arais", "ierais",
        "aseis", "ieseis", "asteis", "isteis", "ados", "idos", "amos", "ábamos", "íamos", "imos", "áramos", "iéramos",
        "iésemos", "ásemos"
    };

    private int rv;

    SpanishStemmer() {
        super("aeiouáéíóúü");
    }

    @Override
    public void stem(StringBuilder text) {
        word = text;
        markRegions();
        attachedPronoun();
        if (!standard() && !yVerb()) {
            verb();
        }
        residual();
        for (int i = 0; i < word.length(); i++) {
            int accented = "áéíóú".indexOf(word.charAt(i));
            if (accented >= 0) {
                word.setCharAt(i, "aeiou".charAt(accented));
            }
        }
    }

    @Override
    void markRegions() {
        super.markRegions();
        int n = word.length();
        rv = n;
        if (n < 2) {
            return;
        }
        if (!isVowel(1)) {
            rv = afterVowel(2);
        } else if (isVowel(0)) {
            rv = afterConsonant(2);
        } else {
            rv = Math.min(3, n);
        }
    }

    private void attachedPronoun() {
        String pronoun = longest(0, PRONOUNS);
        if (pronoun.isEmpty()) {
            return;
        }
        int end = word.length() - pronoun.length();
        String before = "";
        for (String form :
                new String[] {"iéndo", "ándo", "ár", "ér", "ír", "ando", "iendo", "ar", "er", "ir", "yendo"}) {
            if (form.length() > before.length() && endsBefore(end, form)) {
                before = form;
            }
        }
        int start = end - before.length();
        if (before.isEmpty() || start < rv || before.equals("yendo") && !endsBefore(start, "u")) {
            return;
        }
        word.setLength(end);
        switch (before) {
            case "iéndo" -> replace(before, "iendo");
            case "ándo" -> replace(before, "ando");
            case "ár" -> replace(before, "ar");
            case "ér" -> replace(before, "er");
            case "ír" -> replace(before, "ir");
            default -> {}
        }
    }

    private boolean standard() {
        String suffix = longest(0, STANDARD);
        switch (suffix) {
            case "" -> {
                return false;
            }
            case "adora", "ador", "ación", "adoras", "adores", "aciones", "ante", "antes", "ancia", "ancias" -> {
                if (!deleteIn(r2, suffix)) {
                    return false;
                }
                deleteIn(r2, "ic");
            }
            case "logía", "logías" -> {
                return replaceInR2(suffix, "log");
            }
            case "ución", "uciones" -> {
                return replaceInR2(suffix, "u");
            }
            case "encia", "encias" -> {
                return replaceInR2(suffix, "ente");
            }
            case "amente" -> {
                if (!deleteIn(r1, suffix)) {
                    return false;
                }
                String before = longest(0, "iv", "os", "ic", "ad");
                if (!before.isEmpty() && deleteIn(r2, before) && before.equals("iv")) {
                    deleteIn(r2, "at");
                }
            }
            case "mente" -> {
                if (!deleteIn(r2, suffix)) {
                    return false;
                }
                deleteLongestInR2("ante", "able", "ible");
            }
            case "idad", "idades" -> {
                if (!deleteIn(r2, suffix)) {
                    return false;
                }
                deleteLongestInR2("abil", "ic", "iv");
            }
            case "iva", "ivo", "ivas", "ivos" -> {
                if (!deleteIn(r2, suffix)) {
                    return false;
                }
                deleteIn(r2, "at");
            }
            default -> {
                return deleteIn(r2, suffix);
            }
        }
        return true;
    }

    private boolean replaceInR2(String suffix, String by) {
        if (in(r2, suffix)) {
            replace(suffix, by);
            return true;
        }
        return false;
    }

    private void deleteLongestInR2(String... suffixes) {
        String before = longest(0, suffixes);
        if (!before.isEmpty()) {
            deleteIn(r2, before);
        }
    }

    private boolean yVerb() {
        String suffix = longest(rv, Y_VERB);
        if (suffix.isEmpty() || !endsBefore(word.length() - suffix.length(), "u")) {
            return false;
        }
        delete(suffix);
        return true;
    }

    private void verb() {
        String suffix = longest(rv, VERB);
        if (suffix.isEmpty()) {
            return;
        }
        delete(suffix);
        boolean shortForm = suffix.equals("en") || suffix.equals("es") || suffix.equals("éis") || suffix.equals("emos");
        if (shortForm && ends("gu")) {
            delete("u");
        }
    }

    private void residual() {
        String suffix = longest(0, "os", "a", "o", "á", "í", "ó", "e", "é");
        if (suffix.isEmpty() || !deleteIn(rv, suffix)) {
            return;
        }
        if ((suffix.equals("e") || suffix.equals("é")) && ends("gu")) {
            deleteIn(rv, "u");
        }
    }
}
