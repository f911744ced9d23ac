package io.velesdb.query.exec;

import io.velesdb.Configuration;
import io.velesdb.QueryResult;
import io.velesdb.engine.Session;
import io.velesdb.host.Cancellation;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.step.QueryLimits;
import io.velesdb.query.parse.ParseLimits;
import io.velesdb.query.parse.QueryParser;
import io.velesdb.query.plan.PlanCache;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.query.plan.Validation;
import io.velesdb.value.Obj;
import io.velesdb.value.Value;
import org.jspecify.annotations.Nullable;

/** From the text of a statement to its result: parse, validate, plan, run. Thread-safe. */
public final class Queries {
    /** What was read from a configuration. */
    private record Settings(Configuration source, ParseLimits parse, QueryLimits run, Statements statements) {}

    private final Session session;
    private final Statements.Flushing flushing;
    private final PlanCache plans;
    private volatile @Nullable Settings settings;

    /** @param plans statements that are known, of other callers as well */
    public Queries(Session session, PlanCache plans, Statements.Flushing flushing) {
        this.session = session;
        this.plans = plans;
        this.flushing = flushing;
    }

    /**
     * Parses and validates under the default limits, and does nothing else. How deep subqueries may be nested is left to the
     * database that would run the statement: the error is one of running.
     */
    public static void check(String text) {
        Validation.check(QueryParser.parse(text), text, Integer.MAX_VALUE);
    }

    /**
     * Runs a statement.
     *
     * @param signal asked now and then whether to give up; null for never
     */
    public QueryResult query(String text, Obj parameters, @Nullable Cancellation signal) {
        Settings current = settings();
        return current.statements().run(plans.get(text, t -> prepare(t, current)), parameters, signal);
    }

    /**
     * Explains a statement: SELECT, MATCH, UPDATE or DELETE.
     *
     * @param analyze whether it is run and measured
     * @param signal asked now and then whether to give up; null for never
     */
    public QueryResult explain(String text, Obj parameters, boolean analyze, @Nullable Cancellation signal) {
        Settings current = settings();
        Query query = plans.get(text, t -> prepare(t, current)).query();
        return current.statements().explain(query, analyze, parameters, signal);
    }

    private static PlanCache.Prepared prepare(String text, Settings limits) {
        Query query = QueryParser.parse(text, limits.parse()).query();
        Validation.check(query, text, limits.run().maxSubqueryDepth());
        SelectPlan select = query.statement() instanceof Statement.Compound compound
                        && compound.rest().isEmpty()
                ? SelectPlan.of(compound.first(), query.lets())
                : null;
        return new PlanCache.Prepared(text, query, select);
    }

    @SuppressWarnings("ReferenceEquality") // another configuration is another object
    private Settings settings() {
        Settings known = settings;
        Configuration configuration = session.engine().settings().configuration();
        if (known == null || known.source() != configuration) {
            QueryLimits run = QueryLimits.of(configuration);
            known = new Settings(
                    configuration,
                    new ParseLimits(
                            (int) configuration.whole("query.max_length_bytes"),
                            (int) configuration.whole("query.max_like_terms"),
                            configuration.get("query.max_expansion") instanceof Value.Int most
                                    ? (int) most.value()
                                    : ParseLimits.UNLIMITED),
                    run,
                    new Statements(session, run, flushing));
            if (settings != null) {
                // what was parsed under other limits
                plans.clear();
            }
            settings = known;
        }
        return known;
    }
}
