package org.cranny.client.cli;

import java.util.Map;
import java.util.Stack;
import java.util.regex.Pattern;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * A part of all, of 1: {@code --read-data=5%} is 0.05, {@code --read-data} alone is 1; a word after it that is no
 * percentage is the next argument.
 */
@SuppressWarnings("JdkObsolete") // what the parser hands over is a Stack
final class Share implements IParameterPreprocessor, ITypeConverter<Double> {
    private static final Pattern FORM = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,6})?%");

    @Override
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> details) {
        boolean attached = details.get("separator") != null;
        if (attached || !arguments.isEmpty() && FORM.matcher(arguments.peek()).matches()) {
            return false;
        }
        option.setValue(1.0);
        return true;
    }

    @Override
    public Double convert(String typed) {
        double share =
                FORM.matcher(typed).matches() ? Double.parseDouble(typed.substring(0, typed.length() - 1)) / 100 : -1;
        if (share <= 0 || share > 1) {
            throw new TypeConversionException("'" + typed + "' is no share. Write for example 5% or 100%");
        }
        return share;
    }
}
