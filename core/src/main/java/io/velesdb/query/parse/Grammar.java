package io.velesdb.query.parse;

/** The parsers of one statement. They call each other, since a value may be a query and a query has values. */
final class Grammar {
    final TokenReader tokens;
    final ParseLimits limits;
    final OperandParser operands;
    final ArithmeticParser arithmetic;
    final OptionParser options;
    final PatternParser patterns;
    final ConditionParser conditions;
    final SelectParser selects;

    Grammar(TokenReader tokens, ParseLimits limits) {
        this.tokens = tokens;
        this.limits = limits;
        operands = new OperandParser(this);
        arithmetic = new ArithmeticParser(this);
        options = new OptionParser(this);
        patterns = new PatternParser(this);
        conditions = new ConditionParser(this);
        selects = new SelectParser(this);
    }
}
