package io.velesdb.query.plan;

import io.velesdb.query.ast.Condition;
import io.velesdb.query.ast.Name;
import io.velesdb.query.ast.Position;
import io.velesdb.query.ast.Select;
import io.velesdb.query.ast.SelectItem;
import io.velesdb.query.ast.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that an UPDATE or DELETE names, as the SELECT that finds them: {@code SELECT * FROM c WHERE …}. */
public final class ChangePlan {
    private ChangePlan() {}

    /** @throws io.velesdb.VelesException VELES-010 where WHERE searches */
    public static SelectPlan of(Statement.Update update) {
        return of(update.position(), update.collection(), update.where());
    }

    /** @throws io.velesdb.VelesException VELES-010 where WHERE searches */
    public static SelectPlan of(Statement.Delete delete) {
        return of(delete.position(), delete.collection(), delete.where());
    }

    private static SelectPlan of(Position at, Name collection, @Nullable Condition where) {
        if (where != null) {
            refuseSearches(where);
        }
        Select select = new Select(
                at,
                false,
                List.of(new SelectItem.All(at)),
                new Select.Source(collection.position(), collection, null),
                List.of(),
                where,
                List.of(),
                null,
                List.of(),
                null,
                null,
                List.of(),
                null);
        return SelectPlan.of(select, List.of());
    }

    private static void refuseSearches(Condition condition) {
        switch (condition) {
            case Condition.And and -> and.terms().forEach(ChangePlan::refuseSearches);
            case Condition.Or or -> or.terms().forEach(ChangePlan::refuseSearches);
            case Condition.Not not -> refuseSearches(not.term());
            default -> {
                if (condition.path() == null
                        || condition instanceof Condition.TextMatch
                        || condition instanceof Condition.SimilarityThreshold) {
                    throw Refusal.unrunnable(
                            condition.position(),
                            "searches choose no rows to change: WHERE of UPDATE and DELETE takes predicates over fields");
                }
            }
        }
    }
}
