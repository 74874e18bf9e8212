package org.cranny.client.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import org.cranny.engine.restore.Overwrite;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code --overwrite}, {@code --overwrite=never} and {@code --overwrite never}; a word after it that is none of its
 * values is the next argument.
 */
@SuppressWarnings("JdkObsolete") // what the parser hands over is a Stack
final class OverwriteWord implements IParameterPreprocessor, ITypeConverter<Overwrite> {
    private static final Map<String, Overwrite> WORDS =
            Map.of("always", Overwrite.ALWAYS, "if-changed", Overwrite.IF_CHANGED, "never", Overwrite.NEVER);

    @Override
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> details) {
        boolean attached = details.get("separator") != null;
        if (attached || !arguments.isEmpty() && WORDS.containsKey(arguments.peek())) {
            return false;
        }
        option.setValue(Overwrite.IF_CHANGED);
        return true;
    }

    @Override
    public Overwrite convert(String typed) {
        Overwrite known = WORDS.get(typed.toLowerCase(Locale.ROOT));
        if (known == null) {
            throw new TypeConversionException("'" + typed + "' is not always, if-changed or never");
        }
        return known;
    }
}
