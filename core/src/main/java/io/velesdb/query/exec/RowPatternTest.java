package io.velesdb.query.exec;

/** {@code MATCH pattern} as a condition: the row of a source begins a match (section 15.6). */
record RowPatternTest(int source, PatternWalk walk) implements RowCondition {
    @Override
    public boolean test(Tuple row, Finding finding) {
        if (!(row.entity(source) instanceof RowEntity anchor)) {
            return false;
        }
        int edges = walk.shortestFrom(anchor.id(), anchor.slot());
        if (edges < 0) {
            return false;
        }
        finding.edges = Math.min(finding.edges, edges);
        return true;
    }
}
