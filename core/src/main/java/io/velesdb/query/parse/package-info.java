/**
 * VelesQL, from text to tree and back: a lexer and a recursive descent of our own.
 *
 * <pre>{@code
 * Query query = QueryParser.parse("SELECT title FROM books WHERE year > 2000 LIMIT 3");
 * String canonical = QueryPrinter.print(query);
 * String normalized = QueryParser.parse(text, ParseLimits.DEFAULTS).normalizedText();
 * }</pre>
 *
 * <p><b>The way of a statement.</b> {@code Lexer} cuts the text into {@code Tokens}: arrays of kinds and places, no object per
 * token. It also refuses what is too long or nests too deep, so that no parser needs to. {@code TokenReader} is the place up to
 * which tokens have been taken; {@code StatementParser}, {@code SelectParser}, {@code ConditionParser} and the others take them,
 * one method per production of the grammar, called by its name.
 *
 * <p><b>Keywords are contextual</b>: {@code SELECT limit FROM books} reads a column. The lexer calls a word a keyword when it
 * looks like one; where a name is wanted, any word will do, and its token becomes a name in place. So when the parse ends, the
 * tokens know which words were meant as keywords, and the normalised text can put just those in upper case: names keep their
 * case, in which they differ.
 *
 * <p><b>No way back.</b> Every choice looks at the next token, sometimes at up to three after it: {@code count (} is an
 * aggregate, {@code count} alone a column; {@code NOT like LIKE 'x'} negates, {@code not LIKE 'x'} is a column called not. So a
 * parse is linear, and a token that could not stand where it stands is the first such token of the text.
 *
 * <p><b>Depth.</b> Only parentheses, brackets and NOT recurse. The lexer counts them (64), the condition parser counts the levels
 * of a condition before it goes down (64); chains of AND, OR, {@code +}, {@code *}, UNION and hops are loops and lists. Ten thousand
 * parentheses are an error at the 65th.
 *
 * <p><b>Complaints.</b> While tokens are tried, the wanted kinds are kept as bits ({@code Expectations}); when none fits,
 * {@code UnexpectedToken} says what was possible, and looks for the keyword that the word at hand, or the name before it that
 * swallowed one, misspells by a letter:
 *
 * <pre>
 * [VELES-010] [E001] 1:14 expected FROM, found FORM: did you mean FROM?
 * SELECT title FORM books
 *              ^
 * </pre>
 *
 * <p><b>And back.</b> {@code QueryPrinter} writes the canonical text; {@code parse(print(tree))} equals the tree, positions aside.
 */
@NullMarked
package io.velesdb.query.parse;

import org.jspecify.annotations.NullMarked;
