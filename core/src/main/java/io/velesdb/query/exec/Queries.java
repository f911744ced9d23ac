package io.velesdb.query.exec;

import io.velesdb.Configuration;
import io.velesdb.PlanCacheStatistics;
import io.velesdb.QueryResult;
import io.velesdb.StatementPlace;
import io.velesdb.VelesException;
import io.velesdb.engine.Session;
import io.velesdb.host.Cancellation;
import io.velesdb.query.ast.Query;
import io.velesdb.query.ast.Statement;
import io.velesdb.query.exec.step.QueryLimits;
import io.velesdb.query.parse.ParseLimits;
import io.velesdb.query.parse.QueryParser;
import io.velesdb.query.plan.Generation;
import io.velesdb.query.plan.PlanCache;
import io.velesdb.query.plan.SelectPlan;
import io.velesdb.query.plan.StatementPlan;
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
    private volatile @Nullable Generation generation;

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
        StatementPlan plan = plan(text, current);
        try {
            return current.statements().run(plan, parameters, signal);
        } catch (VelesException failure) {
            throw inWordsOf(text, plan, failure, current.parse());
        }
    }

    /**
     * Explains a statement: SELECT, MATCH, UPDATE or DELETE. Its plan is made for that alone, so that explaining does not
     * change what is told of the cache.
     *
     * @param analyze whether it is run and measured
     * @param signal asked now and then whether to give up; null for never
     */
    public QueryResult explain(String text, Obj parameters, boolean analyze, @Nullable Cancellation signal) {
        Settings current = settings();
        QueryParser.Parsed parsed = QueryParser.parse(text, current.parse());
        StatementPlan plan = made(text, parsed, parsed.normalizedText(), current, generation(current));
        return current.statements().explain(plan, analyze, parameters, signal);
    }

    /** What the cache has done, and holds for the present definitions. */
    public PlanCacheStatistics planCacheStatistics() {
        int size = plans.size(generation(settings()));
        return new PlanCacheStatistics(
                size,
                plans.capacity(),
                plans.texts(),
                plans.bytes(),
                plans.textHits(),
                plans.planHits(),
                plans.misses());
    }

    private StatementPlan plan(String text, Settings current) {
        Generation now = generation(current);
        StatementPlan known = plans.find(text, now);
        if (known != null) {
            return known;
        }
        QueryParser.Parsed parsed = QueryParser.parse(text, current.parse());
        String normalized = parsed.normalizedText();
        known = plans.find(text, normalized, now);
        if (known != null) {
            return known;
        }
        StatementPlan made = made(text, parsed, normalized, current, now);
        plans.keep(made);
        return made;
    }

    private static StatementPlan made(
            String text, QueryParser.Parsed parsed, String normalized, Settings limits, Generation now) {
        Query query = parsed.query();
        Validation.check(query, text, limits.run().maxSubqueryDepth());
        SelectPlan select = query.statement() instanceof Statement.Compound compound
                        && compound.rest().isEmpty()
                ? SelectPlan.of(compound.first(), query.lets())
                : null;
        return new StatementPlan(text, normalized, query, select, parsed.size(), now);
    }

    /** The positions of a plan are those of the spelling that it was made from; who wrote another one is told his own. */
    private static VelesException inWordsOf(
            String text, StatementPlan plan, VelesException failure, ParseLimits limits) {
        StatementPlace place = failure.place();
        if (place == null || plan.text().equals(text)) {
            return failure;
        }
        return failure.in(
                text, QueryParser.parse(plan.text(), limits).counterpart(place, QueryParser.parse(text, limits)));
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
                    new Statements(session, run, flushing, plans));
            settings = known;
        }
        return known;
    }

    private Generation generation(Settings current) {
        long definitions = session.engine().snapshot().definitionsLsn();
        Generation known = generation;
        if (known == null || !known.is(current.source(), definitions)) {
            known = new Generation(current.source(), definitions);
            generation = known;
        }
        return known;
    }
}
