package io.velesdb.query.ast;

/** A part of a query. Nodes are immutable; lists in them are unmodifiable; equality leaves positions out. */
public sealed interface Node
        permits Query,
                Query.Let,
                Name,
                Statement,
                Select,
                Select.Source,
                Select.Join,
                Select.JoinCondition,
                Select.JoinEquality,
                Select.Having,
                Select.HavingStep,
                Select.HavingTerm,
                OrderItem,
                SortKey,
                RowCount,
                Option,
                Fusion,
                Fusion.Option,
                SelectItem,
                WindowKey,
                Argument,
                Condition,
                Condition.InlineFusion,
                Operand,
                Operand.SparseTerm,
                Arithmetic.Step,
                Field,
                Statement.SetOperand,
                Statement.Row,
                Statement.SchemaDefinition,
                Statement.PropertyDefinition,
                Pattern,
                Pattern.NodePattern,
                Pattern.RelationshipPattern,
                Pattern.HopRange,
                ReturnItem {
    /** Where the node begins. */
    Position position();
}
