package io.velesdb.query.parse;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of tokens. A keyword is a word, and where the grammar wants a name it is one; once the parser has read it so, its
 * kind becomes {@link #WORD}, and the words that are still keywords at the end of the parse are those that were meant as such.
 *
 * <p>The order of the keywords is that in which an error message lists them.
 */
enum Token {
    // ---- keywords
    SELECT(true),
    DISTINCT(true),
    FROM(true),
    AS(true),
    WHERE(true),
    GROUP(true),
    HAVING(true),
    ORDER(true),
    BY(true),
    LIMIT(true),
    OFFSET(true),
    WITH(true),
    USING(true),
    FUSION,
    UNION(true),
    ALL(true),
    INTERSECT(true),
    EXCEPT(true),
    INNER(true),
    LEFT(true),
    RIGHT(true),
    FULL(true),
    OUTER(true),
    JOIN(true),
    ON(true),
    AND(true),
    OR(true),
    NOT(true),
    IN(true),
    BETWEEN(true),
    LIKE(true),
    ILIKE(true),
    IS(true),
    CONTAINS(true),
    ANY(true),
    CONTAINS_TEXT(true),
    MATCH(true),
    NEAR(true),
    NEAR_FUSED(true),
    SPARSE_NEAR(true),
    SIMILARITY(true),
    VECTOR,
    SCORE,
    GEO_DISTANCE,
    GEO_BBOX,
    ASC(true),
    DESC(true),
    COUNT,
    SUM,
    AVG,
    MIN,
    MAX,
    FIRST,
    ROW_NUMBER,
    RANK,
    DENSE_RANK,
    OVER,
    PARTITION,
    NULL(true),
    TRUE(true),
    FALSE(true),
    NOW(true),
    INTERVAL(true),
    LET(true),
    RETURN(true),
    INSERT,
    UPSERT,
    UPDATE,
    DELETE,
    INTO(true),
    VALUES(true),
    SET(true),
    NODE,
    EDGE,
    EDGES(true),
    PROPERTIES,
    CREATE,
    DROP,
    ALTER,
    TRUNCATE,
    GRAPH,
    METADATA,
    COLLECTION(true),
    COLLECTIONS,
    SCHEMALESS,
    SCHEMA,
    TO,
    INDEX,
    IF(true),
    EXISTS(true),
    STRING,
    INTEGER,
    FLOAT,
    BOOLEAN,
    SHOW,
    DESCRIBE,
    EXPLAIN,
    ANALYZE,
    FLUSH,
    TRAIN,
    QUANTIZER,

    // ---- signs
    LEFT_PARENTHESIS("("),
    RIGHT_PARENTHESIS(")"),
    LEFT_BRACKET("["),
    RIGHT_BRACKET("]"),
    LEFT_BRACE("{"),
    RIGHT_BRACE("}"),
    COMMA(","),
    DOT("."),
    DOTS(".."),
    SEMICOLON(";"),
    COLON(":"),
    AT("@"),
    BAR("|"),
    STAR("*"),
    PLUS("+"),
    MINUS("-"),
    SLASH("/"),
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LEFT_ARROW("<-"),
    RIGHT_ARROW("->"),

    // ---- tokens with a content
    /** A word that is no keyword. */
    WORD("a name"),
    /** A name between backticks or double quotes. */
    QUOTED_NAME("a name"),
    PARAMETER("a parameter"),
    WHOLE_NUMBER("a whole number"),
    DECIMAL("a number"),
    TEXT("a string in single quotes"),
    /** A minus that belongs to the number after it. */
    SIGN("-"),
    END("the end of the statement"),

    // ---- never in a text: what messages say is expected
    VALUE("a value"),
    CONDITION("a condition"),
    COMPARISON("a comparison"),
    SELECT_ITEM("a column or *"),
    AGGREGATE("an aggregate"),
    OPTION_VALUE("a value of the option");

    private static final int TABLE = 512;
    private static final @Nullable Token[] KEYWORDS = new Token[TABLE];
    private static final int LONGEST_KEYWORD = 13;

    static {
        for (Token token : values()) {
            if (token.keyword) {
                int slot = slot(hash(token.text, 0, token.text.length()));
                while (KEYWORDS[slot] != null) {
                    slot = slot + 1 & TABLE - 1;
                }
                KEYWORDS[slot] = token;
            }
        }
    }

    private final String text;
    private final boolean keyword;
    private final boolean misread;

    Token() {
        this(false);
    }

    /** @param misread whether there is a place where this keyword, meant as a name, would be read as the keyword */
    Token(boolean misread) {
        text = name();
        keyword = true;
        this.misread = misread;
    }

    Token(String text) {
        this.text = text;
        keyword = false;
        misread = false;
    }

    /** As it is written, or what it is called in messages. */
    String text() {
        return text;
    }

    boolean isKeyword() {
        return keyword;
    }

    /** Whether a writer of statements quotes this word when it is a name. */
    boolean isQuotedAsName() {
        return misread;
    }

    /** Whether it always looks the same and is no word. */
    boolean isSign() {
        return compareTo(LEFT_PARENTHESIS) >= 0 && compareTo(RIGHT_ARROW) <= 0;
    }

    /** Whether it can be a name. */
    boolean isName() {
        return keyword || this == WORD || this == QUOTED_NAME;
    }

    /** Whether it can be a name that must not be quoted. */
    boolean isWord() {
        return keyword || this == WORD;
    }

    /** The keyword that these letters, digits and underscores are, in any case; {@link #WORD} when they are none. */
    static Token ofWord(String text, int from, int to) {
        if (to - from > LONGEST_KEYWORD) {
            return WORD;
        }
        int slot = slot(hash(text, from, to));
        while (true) {
            Token candidate = KEYWORDS[slot];
            if (candidate == null) {
                return WORD;
            }
            if (candidate.isWritten(text, from, to)) {
                return candidate;
            }
            slot = slot + 1 & TABLE - 1;
        }
    }

    /** Whether the letters are those of this keyword; bit 5 is what tells the cases of an ASCII letter apart. */
    private boolean isWritten(String letters, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if ((letters.charAt(i) & ~0x20) != (text.charAt(i - from) & ~0x20)) {
                return false;
            }
        }
        return true;
    }

    private static int hash(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + (text.charAt(i) | 0x20);
        }
        return hash;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 9) & TABLE - 1;
    }
}
