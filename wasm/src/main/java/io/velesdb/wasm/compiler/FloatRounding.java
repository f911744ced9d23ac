package io.velesdb.wasm.compiler;

import org.teavm.model.BasicBlock;
import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.Instruction;
import org.teavm.model.MethodHolder;
import org.teavm.model.MethodReference;
import org.teavm.model.Program;
import org.teavm.model.ValueType;
import org.teavm.model.Variable;
import org.teavm.model.instructions.BinaryInstruction;
import org.teavm.model.instructions.BinaryOperation;
import org.teavm.model.instructions.CastNumberInstruction;
import org.teavm.model.instructions.FloatConstantInstruction;
import org.teavm.model.instructions.InvocationType;
import org.teavm.model.instructions.InvokeInstruction;
import org.teavm.model.instructions.NumericOperandType;

/**
 * Rounds the result of every float operation of ours to a float. JavaScript computes in doubles, and TeaVM rounds only when
 * a float is stored in an array, so that a product that is added at once keeps bits that it must not have.
 */
final class FloatRounding implements ClassHolderTransformer {
    private static final MethodReference ROUND =
            new MethodReference(JsFloat.class.getName(), "round", ValueType.FLOAT, ValueType.FLOAT);

    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (!type.getName().startsWith("io.velesdb.") || type.getName().equals(JsFloat.class.getName())) {
            return;
        }
        for (MethodHolder method : type.getMethods()) {
            Program program = method.getProgram();
            if (program != null) {
                for (BasicBlock block : program.getBasicBlocks()) {
                    round(program, block);
                }
            }
        }
    }

    private static void round(Program program, BasicBlock block) {
        for (Instruction instruction = block.getFirstInstruction();
                instruction != null;
                instruction = instruction.getNext()) {
            Variable exact = program.createVariable();
            Variable rounded;
            switch (instruction) {
                case BinaryInstruction binary
                when makesFloat(binary) -> {
                    rounded = binary.getReceiver();
                    binary.setReceiver(exact);
                }
                case CastNumberInstruction cast
                when cast.getTargetType() == NumericOperandType.FLOAT -> {
                    rounded = cast.getReceiver();
                    cast.setReceiver(exact);
                }
                case FloatConstantInstruction constant -> {
                    rounded = constant.getReceiver();
                    constant.setReceiver(exact);
                }
                default -> {
                    continue;
                }
            }
            InvokeInstruction call = new InvokeInstruction();
            call.setType(InvocationType.SPECIAL);
            call.setMethod(ROUND);
            call.setArguments(exact);
            call.setReceiver(rounded);
            call.setLocation(instruction.getLocation());
            instruction.insertNext(call);
            instruction = call;
        }
    }

    private static boolean makesFloat(BinaryInstruction instruction) {
        return instruction.getOperandType() == NumericOperandType.FLOAT
                && instruction.getOperation() != BinaryOperation.COMPARE_GREATER
                && instruction.getOperation() != BinaryOperation.COMPARE_LESS;
    }
}
